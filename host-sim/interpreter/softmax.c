/* SOFTMAX over the last axis: int8. A value lies 0 to 255 steps below its row's largest, so the exponentials
 * are a table. */
#include "fixed_point.h"
#include "quantization.h"

/* Beyond this many classes the sum of exponentials may pass the reference's fixed-point range. */
#define MOST_CLASSES 511
#define SUM_INTEGER_BITS 12

typedef struct {
  const interpreter_tensor *input, *output;
  int32_t classes;
  int32_t exponentials[256]; /* of minus so many steps, in Q0; -1 where nothing is left of it */
} softmax;

static void normalise_row(const softmax *s, const int8_t *in, int8_t *out) {
  int32_t largest = -128, sum = 0;
  for (int32_t i = 0; i < s->classes; i++) largest = in[i] > largest ? in[i] : largest;
  for (int32_t i = 0; i < s->classes; i++) {
    int32_t exponential = s->exponentials[largest - in[i]];
    if (exponential >= 0) sum += fixed_divide_by_power(exponential, SUM_INTEGER_BITS);
  }
  int headroom = __builtin_clz((uint32_t)sum); /* the largest alone makes the sum 2^19 */
  int32_t reciprocal = fixed_one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - ((uint32_t)1 << 31)));
  int exponent = SUM_INTEGER_BITS - headroom + 31 - 8;
  for (int32_t i = 0; i < s->classes; i++) {
    int32_t exponential = s->exponentials[largest - in[i]];
    int32_t share =
        exponential < 0 ? 0 : fixed_divide_by_power(fixed_multiply(reciprocal, exponential), exponent);
    out[i] = (int8_t)fixed_clamp(share - 128, -128, 127);
  }
}

static void invoke(const interpreter_operator *self) {
  const softmax *s = self->prepared;
  for (int32_t at = 0; at < s->input->elements; at += s->classes)
    normalise_row(s, (const int8_t *)s->input->bytes + at, (int8_t *)s->output->writable + at);
}

static model_status check(interpreter_builder *builder, const interpreter_tensor *input,
                          const interpreter_tensor *output) {
  model_status status = interpreter_require_int8(builder, input);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, output);
  if (status == MODEL_OK) status = interpreter_require_same_shape(builder, input, output);
  if (status != MODEL_OK) return status;
  if (output->zero_point != -128 || output->scale != 1.0f / 256)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "must have a scale of 1/256 and a zero point of -128");
  if (input->rank < 1 || input->shape[input->rank - 1] > MOST_CLASSES)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must have 1 to 511 classes");
  return MODEL_OK;
}

model_status interpreter_prepare_softmax(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  model_status status = check(builder, input, output);
  if (status != MODEL_OK) return status;
  float beta = fb_float(&builder->file, &builder->options, SOFTMAX_BETA, 0);
  double real = (double)beta * (double)input->scale * (double)(1 << 26); /* steps to Q5 */
  if (real > 2147483647.0) real = 2147483647.0;
  int32_t multiplier, shift;
  if (!(real > 1) || !interpreter_quantize_factor(real, &multiplier, &shift) || shift < 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input,
                                   "has a scale times beta that is too small or too big");
  softmax *s = interpreter_reserve(builder, sizeof *s);
  operation->invoke = invoke;
  operation->prepared = s;
  if (s == NULL) return MODEL_OK;
  s->input = input;
  s->output = output;
  s->classes = input->shape[input->rank - 1];
  int64_t farthest = ((int64_t)31 << 26) >> shift;
  for (int32_t steps = 0; steps < 256; steps++) {
    int32_t shifted = (int32_t)((uint32_t)-steps << shift);
    s->exponentials[steps] =
        steps > farthest ? -1 : fixed_exp_negative(fixed_multiply(shifted, multiplier), 5);
  }
  return MODEL_OK;
}
