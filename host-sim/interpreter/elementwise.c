/* ADD, SUB and MUL: int8, with broadcasting. */
#include "fixed_point.h"
#include "quantization.h"

/* Sums are taken of inputs shifted up by this many bits, so that rounding costs nothing. */
#define SUM_SHIFT 20

typedef struct {
  const interpreter_tensor *left, *right, *output;
  int32_t left_step[MODEL_MAX_RANK],
      right_step[MODEL_MAX_RANK]; /* elements per step of each axis, 0 to repeat */
  int32_t left_multiplier, left_shift, right_multiplier, right_shift, multiplier, shift;
  int32_t low, high;
  int32_t right_sign; /* -1 for SUB */
} elementwise;

typedef int8_t (*elementwise_function)(const elementwise *e, int32_t left, int32_t right);

static int8_t finish(const elementwise *e, int32_t value) {
  int32_t scaled = fixed_add(fixed_scale(value, e->multiplier, e->shift), e->output->zero_point);
  return (int8_t)fixed_clamp(scaled, e->low, e->high);
}

static int8_t add_one(const elementwise *e, int32_t left, int32_t right) {
  int32_t a = fixed_scale((left - e->left->zero_point) * (1 << SUM_SHIFT), e->left_multiplier, e->left_shift);
  int32_t b =
      fixed_scale((right - e->right->zero_point) * (1 << SUM_SHIFT), e->right_multiplier, e->right_shift);
  return finish(e, a + e->right_sign * b);
}

static int8_t multiply_one(const elementwise *e, int32_t left, int32_t right) {
  return finish(e, (left - e->left->zero_point) * (right - e->right->zero_point));
}

static inline void for_each(const elementwise *e, elementwise_function function) {
  const int8_t *left = (const int8_t *)e->left->bytes, *right = (const int8_t *)e->right->bytes;
  int8_t *out = (int8_t *)e->output->writable;
  int32_t rank = e->output->rank, index[MODEL_MAX_RANK] = {0};
  int32_t inner = rank == 0 ? 1 : e->output->shape[rank - 1];
  int32_t left_inner = rank == 0 ? 0 : e->left_step[rank - 1],
          right_inner = rank == 0 ? 0 : e->right_step[rank - 1];
  for (int32_t done = 0; done < e->output->elements; done += inner) {
    for (int32_t i = 0; i < inner; i++) *out++ = function(e, left[i * left_inner], right[i * right_inner]);
    for (int32_t axis = rank - 2; axis >= 0; axis--) {
      left += e->left_step[axis];
      right += e->right_step[axis];
      if (++index[axis] < e->output->shape[axis]) break;
      left -= e->left_step[axis] * e->output->shape[axis];
      right -= e->right_step[axis] * e->output->shape[axis];
      index[axis] = 0;
    }
  }
}

static void invoke_add(const interpreter_operator *self) {
  for_each(self->prepared, add_one);
}

static void invoke_multiply(const interpreter_operator *self) {
  for_each(self->prepared, multiply_one);
}

/* Axes are matched from the last one; an input may miss axes or have size 1 where it is repeated. */
static bool steps_of(const interpreter_tensor *input, const interpreter_tensor *output, int32_t *steps) {
  int32_t step = 1, missing = output->rank - input->rank;
  if (missing < 0) return false;
  for (int32_t axis = output->rank - 1; axis >= 0; axis--) {
    int32_t size = axis < missing ? 1 : input->shape[axis - missing];
    if (size != 1 && size != output->shape[axis]) return false;
    steps[axis] = size == 1 ? 0 : step;
    step *= size;
  }
  return true;
}

static int32_t size_of_axis(const interpreter_tensor *tensor, int32_t from_last) {
  return from_last < tensor->rank ? tensor->shape[tensor->rank - 1 - from_last] : 1;
}

static model_status check(interpreter_builder *builder, elementwise *e) {
  const interpreter_operator *operation = builder->current;
  uint32_t activation = fb_uint8(&builder->file, &builder->options, ARITHMETIC_ACTIVATION, ACTIVATION_NONE);
  e->left = operation->inputs[0];
  e->right = operation->inputs[1];
  e->output = operation->outputs[0];
  model_status status = interpreter_require_int8(builder, e->left);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, e->right);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, e->output);
  if (status == MODEL_OK)
    status = interpreter_activation_range(builder, e->output, activation, &e->low, &e->high);
  if (status != MODEL_OK) return status;
  bool fits = steps_of(e->left, e->output, e->left_step) && steps_of(e->right, e->output, e->right_step);
  for (int32_t i = 0; fits && i < e->output->rank; i++) {
    int32_t left = size_of_axis(e->left, i), right = size_of_axis(e->right, i);
    fits = size_of_axis(e->output, i) == (left > right ? left : right);
  }
  return fits ? MODEL_OK
              : interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, e->output,
                                        "does not have the inputs' common shape");
}

/* Factors of a sum must lie below 1. */
static bool quantize_below_one(double real, int32_t *multiplier, int32_t *shift) {
  return real > 0 && real < 1 && interpreter_quantize_factor(real, multiplier, shift) && *shift <= 0;
}

static void keep(interpreter_operator *operation, elementwise *reserved, const elementwise *local,
                 void (*invoke)(const interpreter_operator *)) {
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = *local;
}

static model_status prepare_sum(interpreter_builder *builder, interpreter_operator *operation,
                                bool subtract) {
  elementwise local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  model_status status = check(builder, &local);
  if (status != MODEL_OK) return status;
  double left = (double)local.left->scale, right = (double)local.right->scale;
  double twice = 2 * (left > right ? left : right);
  double left_real = left / twice, right_real = right / twice;
  double real = twice / ((1 << SUM_SHIFT) * (double)local.output->scale);
  local.right_sign = subtract ? -1 : 1;
  if (!quantize_below_one(left_real, &local.left_multiplier, &local.left_shift) ||
      !quantize_below_one(right_real, &local.right_multiplier, &local.right_shift) ||
      !quantize_below_one(real, &local.multiplier, &local.shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                   "has a scale out of all proportion to the inputs'");
  keep(operation, reserved, &local, invoke_add);
  return MODEL_OK;
}

model_status interpreter_prepare_add(interpreter_builder *builder, interpreter_operator *operation) {
  return prepare_sum(builder, operation, false);
}

model_status interpreter_prepare_sub(interpreter_builder *builder, interpreter_operator *operation) {
  return prepare_sum(builder, operation, true);
}

model_status interpreter_prepare_mul(interpreter_builder *builder, interpreter_operator *operation) {
  elementwise local = {0}, *reserved = interpreter_reserve(builder, sizeof local);
  model_status status = check(builder, &local);
  if (status != MODEL_OK) return status;
  double real = (double)local.left->scale * (double)local.right->scale / (double)local.output->scale;
  if (!interpreter_quantize_factor(real, &local.multiplier, &local.shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, local.output,
                                   "has a scale out of all proportion to the inputs'");
  keep(operation, reserved, &local, invoke_multiply);
  return MODEL_OK;
}
