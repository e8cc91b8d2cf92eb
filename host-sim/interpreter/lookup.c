/* Operators of one 8-bit input and one 8-bit output: LOGISTIC, TANH, RELU, RELU6, LEAKY_RELU and QUANTIZE
 * between 8-bit types. There are 256 inputs, so their outputs are worked out when the model is opened. */
#include "lookup.h"
#include "fixed_point.h"
#include "quantization.h"

typedef struct {
  const interpreter_tensor *input, *output;
  uint8_t outputs[256]; /* by the input's byte */
} lookup;

static void invoke(const interpreter_operator *self) {
  const lookup *l = self->prepared;
  for (int32_t i = 0; i < l->input->elements; i++) l->output->writable[i] = l->outputs[l->input->bytes[i]];
}

/* Reserves the table; NULL outputs while the arena is only being measured. */
static uint8_t *prepare(interpreter_builder *builder, interpreter_operator *operation) {
  lookup *l = interpreter_reserve(builder, sizeof *l);
  operation->invoke = invoke;
  operation->prepared = l;
  if (l == NULL) return NULL;
  l->input = operation->inputs[0];
  l->output = operation->outputs[0];
  return l->outputs;
}

static model_status check_int8(interpreter_builder *builder, const interpreter_operator *operation) {
  model_status status = interpreter_require_int8(builder, operation->inputs[0]);
  if (status == MODEL_OK) status = interpreter_require_int8(builder, operation->outputs[0]);
  if (status == MODEL_OK)
    status = interpreter_require_same_elements(builder, operation->inputs[0], operation->outputs[0]);
  return status;
}

/* A curve from Q4 to Q0; beyond 15 it has reached its ends. output_bits: fractional bits of the output. */
static model_status prepare_curve(interpreter_builder *builder, interpreter_operator *operation,
                                  int32_t (*curve)(int32_t), int output_bits, int32_t offset) {
  const interpreter_tensor *input = operation->inputs[0];
  int32_t multiplier, shift;
  if (!interpreter_quantize_factor((double)input->scale * (double)(1 << 27), &multiplier, &shift) ||
      shift < 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input,
                                   "has a scale that is too small or too big");
  int64_t radius = ((int64_t)15 << 27) >> shift;
  uint8_t *outputs = prepare(builder, operation);
  if (outputs == NULL) return MODEL_OK;
  for (int32_t value = -128; value <= 127; value++) {
    int32_t centred = value - input->zero_point, result;
    if (centred <= -radius) {
      result = -128;
    } else if (centred >= radius) {
      result = 127;
    } else {
      int32_t curved = curve(fixed_scale(centred, multiplier, shift));
      result = fixed_clamp(fixed_divide_by_power(curved, 31 - output_bits) + offset, -128, 127);
    }
    outputs[(uint8_t)value] = (uint8_t)result;
  }
  return MODEL_OK;
}

model_status interpreter_prepare_logistic(interpreter_builder *builder, interpreter_operator *operation) {
  model_status status = check_int8(builder, operation);
  if (status != MODEL_OK) return status;
  if (operation->outputs[0]->zero_point != -128)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, operation->outputs[0],
                                   "must have a zero point of -128");
  return prepare_curve(builder, operation, fixed_logistic, 8, -128);
}

model_status interpreter_prepare_tanh(interpreter_builder *builder, interpreter_operator *operation) {
  model_status status = check_int8(builder, operation);
  return status != MODEL_OK ? status : prepare_curve(builder, operation, fixed_tanh, 7, 0);
}

/* (value - input zero point) * factor + output zero point, between two bounds. For int8 and uint8 alike. */
static model_status prepare_line(interpreter_builder *builder, interpreter_operator *operation, double factor,
                                 int32_t low, int32_t high) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  int32_t multiplier, shift;
  if (!interpreter_quantize_factor(factor, &multiplier, &shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "has a scale out of all proportion to the input's");
  uint8_t *outputs = prepare(builder, operation);
  for (int32_t byte = 0; outputs != NULL && byte < 256; byte++) {
    int32_t value = input->type == TENSOR_INT8 ? (int8_t)byte : byte;
    int32_t scaled = fixed_scale(value - input->zero_point, multiplier, shift);
    outputs[byte] = (uint8_t)fixed_clamp(fixed_add(scaled, output->zero_point), low, high);
  }
  return MODEL_OK;
}

model_status interpreter_prepare_relu(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  model_status status = check_int8(builder, operation);
  if (status != MODEL_OK) return status;
  double factor = (double)input->scale / (double)output->scale;
  return prepare_line(builder, operation, factor, output->zero_point, 127);
}

/* TensorFlow Lite clamps at the input's quantised 0 and 6 and copies: the output's scale plays no part. */
model_status interpreter_prepare_relu6(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0];
  model_status status = check_int8(builder, operation);
  if (status != MODEL_OK) return status;
  int64_t six = (int64_t)interpreter_round(6.0f / input->scale) + input->zero_point;
  uint8_t *outputs = prepare(builder, operation);
  for (int32_t value = -128; outputs != NULL && value <= 127; value++)
    outputs[(uint8_t)value] = (uint8_t)(value > six                 ? (int32_t)six
                                        : value < input->zero_point ? input->zero_point
                                                                    : value);
  return MODEL_OK;
}

/* Two lines that meet at the zero points. */
model_status interpreter_prepare_leaky_relu(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  float alpha = fb_float(&builder->file, &builder->options, LEAKY_RELU_ALPHA, 0);
  int32_t above, above_shift, below, below_shift;
  model_status status = check_int8(builder, operation);
  if (status != MODEL_OK) return status;
  double scale = (double)output->scale;
  if (!(alpha >= 0) || !interpreter_quantize_factor((double)input->scale / scale, &above, &above_shift) ||
      !interpreter_quantize_factor((double)input->scale * (double)alpha / scale, &below, &below_shift))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "has a negative slope, or a scale out of all proportion to the input's");
  uint8_t *outputs = prepare(builder, operation);
  for (int32_t value = -128; outputs != NULL && value <= 127; value++) {
    int32_t centred = value - input->zero_point;
    int32_t scaled =
        centred < 0 ? fixed_scale(centred, below, below_shift) : fixed_scale(centred, above, above_shift);
    outputs[(uint8_t)value] = (uint8_t)fixed_clamp(fixed_add(scaled, output->zero_point), -128, 127);
  }
  return MODEL_OK;
}

model_status interpreter_prepare_requantize(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  bool to_int8 = output->type == TENSOR_INT8;
  return prepare_line(builder, operation, (double)input->scale / (double)output->scale, to_int8 ? -128 : 0,
                      to_int8 ? 127 : 255);
}
