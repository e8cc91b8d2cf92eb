#include <string.h>

#include "interpreter.h"

model_status interpreter_require_int8(interpreter_builder *builder, const interpreter_tensor *tensor) {
  if (tensor->type != TENSOR_INT8)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "must be int8");
  if (!tensor->quantized || tensor->scales.count != 1)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "needs one scale and one zero point");
  return MODEL_OK;
}

model_status interpreter_require_same_elements(interpreter_builder *builder, const interpreter_tensor *a,
                                               const interpreter_tensor *b) {
  if (a->elements == b->elements) return MODEL_OK;
  return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, b, "must have as many elements as the input");
}

model_status interpreter_require_same_shape(interpreter_builder *builder, const interpreter_tensor *a,
                                            const interpreter_tensor *b) {
  bool same = a->rank == b->rank;
  for (int32_t i = 0; same && i < a->rank; i++) same = a->shape[i] == b->shape[i];
  return same ? MODEL_OK
              : interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, b, "must have the input's shape");
}

model_status interpreter_require_integers(interpreter_builder *builder, const interpreter_tensor *tensor,
                                          int32_t count) {
  if (tensor->value != VALUE_CONSTANT || tensor->type != TENSOR_INT32)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "must be constant int32");
  if (count >= 0 && tensor->elements != count)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "has the wrong number of elements");
  return MODEL_OK;
}

int32_t interpreter_integer(const interpreter_tensor *tensor, int32_t index) {
  int32_t value;
  memcpy(&value, tensor->bytes + 4 * (size_t)index, sizeof value); /* the file may not be aligned */
  return value;
}

model_status interpreter_require_axis(interpreter_builder *builder, const interpreter_tensor *tensor,
                                      int32_t rank, int32_t *axis) {
  model_status status = interpreter_require_integers(builder, tensor, 1);
  if (status != MODEL_OK) return status;
  int32_t value = interpreter_integer(tensor, 0);
  if (value < -rank || value >= rank)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "no such axis:", value);
  *axis = value < 0 ? value + rank : value;
  return MODEL_OK;
}

model_status interpreter_slide(interpreter_builder *builder, int32_t padding_scheme, int32_t input,
                               int32_t window, int32_t stride, int32_t dilation, interpreter_window *out) {
  if (stride < 1)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "stride must be at least 1, not", stride);
  if (dilation < 1)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "dilation must be at least 1, not", dilation);
  if (window < 1)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "window must be at least 1, not", window);
  if (padding_scheme != PADDING_SAME && padding_scheme != PADDING_VALID)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "no such padding:", padding_scheme);
  int64_t reach = (int64_t)(window - 1) * dilation + 1;
  int64_t room = padding_scheme == PADDING_SAME ? (int64_t)input - 1 : input - reach;
  int64_t positions = room < 0 ? 0 : room / stride + 1;
  if (positions < 1 || reach > INT32_MAX)
    return interpreter_fail(builder, MODEL_BAD_SHAPE, "window is wider than the input");
  int64_t missing = (positions - 1) * stride + reach - input;
  out->output = (int32_t)positions;
  out->padding = missing > 0 ? (int32_t)(missing / 2) : 0;
  return MODEL_OK;
}
