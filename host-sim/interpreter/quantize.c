/* QUANTIZE and DEQUANTIZE: where float values enter and leave an int8 model, and between 8-bit types. */
#include <string.h>

#include "fixed_point.h"
#include "lookup.h"
#include "quantization.h"

static bool is_byte(const interpreter_tensor *tensor) {
  return tensor->type == TENSOR_INT8 || tensor->type == TENSOR_UINT8;
}

static model_status require_scale(interpreter_builder *builder, const interpreter_tensor *tensor) {
  if (tensor->quantized && tensor->scales.count == 1 && tensor->scale > 0) return MODEL_OK;
  return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "needs one scale and one zero point");
}

static void invoke_quantize(const interpreter_operator *self) {
  const interpreter_tensor *input = self->inputs[0], *output = self->outputs[0];
  for (int32_t i = 0; i < input->elements; i++) {
    float value;
    memcpy(&value, input->bytes + 4 * (size_t)i, sizeof value); /* constants may not be aligned */
    int64_t stored = (int64_t)interpreter_round(value / output->scale) + output->zero_point;
    output->writable[i] = (uint8_t)(stored < -128 ? -128 : stored > 127 ? 127 : stored);
  }
}

model_status interpreter_prepare_quantize(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  model_status status = require_scale(builder, output);
  if (status == MODEL_OK) status = interpreter_require_same_elements(builder, input, output);
  if (status != MODEL_OK) return status;
  if (input->type == TENSOR_FLOAT32 && output->type == TENSOR_INT8) {
    operation->invoke = invoke_quantize;
    return MODEL_OK;
  }
  if (!is_byte(input) || !is_byte(output) || (input->type == TENSOR_UINT8 && output->type == TENSOR_UINT8))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output,
                                   "cannot be quantised from the input's type");
  status = require_scale(builder, input);
  return status != MODEL_OK ? status : interpreter_prepare_requantize(builder, operation);
}

static void invoke_dequantize(const interpreter_operator *self) {
  const interpreter_tensor *input = self->inputs[0], *output = self->outputs[0];
  for (int32_t i = 0; i < input->elements; i++) {
    int32_t stored = input->type == TENSOR_INT8 ? (int8_t)input->bytes[i] : input->bytes[i];
    double exact = (double)input->scale * (double)(stored - input->zero_point);
    float value = (float)exact;
    memcpy(output->writable + 4 * (size_t)i, &value, sizeof value);
  }
}

model_status interpreter_prepare_dequantize(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  if (!is_byte(input))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must be int8 or uint8");
  if (output->type != TENSOR_FLOAT32)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "must be float32");
  model_status status = require_scale(builder, input);
  if (status == MODEL_OK) status = interpreter_require_same_elements(builder, input, output);
  operation->invoke = invoke_dequantize;
  return status;
}
