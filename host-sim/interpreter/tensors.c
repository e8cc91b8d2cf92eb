#include <string.h>

#include "interpreter.h"

int32_t interpreter_element_bytes(uint8_t type) {
  switch (type) {
  case TENSOR_INT8:
  case TENSOR_UINT8:
  case TENSOR_BOOL:
    return 1;
  case TENSOR_INT16:
    return 2;
  case TENSOR_INT32:
  case TENSOR_FLOAT32:
    return 4;
  case TENSOR_INT64:
    return 8;
  default:
    return 0; /* no kernel takes it */
  }
}

static model_status read_shape(interpreter_builder *builder, const fb_table *table,
                               interpreter_tensor *tensor) {
  fb_vector shape = fb_vector_field(&builder->file, table, TENSOR_SHAPE, 4);
  if (shape.count > MODEL_MAX_RANK)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "has more than 6 dimensions");
  int64_t elements = 1;
  tensor->rank = (int32_t)shape.count;
  for (uint32_t i = 0; i < shape.count; i++) {
    int32_t size = fb_int32_at(&builder->file, shape, i);
    if (size < 1) return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "has a dimension below 1");
    elements *= size;
    if (elements > INTERPRETER_MAX_TENSOR_BYTES)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "is too big");
    tensor->shape[i] = size;
  }
  tensor->elements = (int32_t)elements;
  elements *= interpreter_element_bytes(tensor->type);
  if (elements > INTERPRETER_MAX_TENSOR_BYTES)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "is too big");
  tensor->byte_length = (int32_t)elements;
  return MODEL_OK;
}

static model_status read_quantization(interpreter_builder *builder, const fb_table *table,
                                      interpreter_tensor *tensor) {
  fb_file *file = &builder->file;
  fb_table quantization = fb_table_field(file, table, TENSOR_QUANTIZATION);
  tensor->scales = fb_vector_field(file, &quantization, QUANTIZATION_SCALE, 4);
  tensor->zero_points = fb_vector_field(file, &quantization, QUANTIZATION_ZERO_POINT, 8);
  tensor->quantized_dimension = fb_int32(file, &quantization, QUANTIZATION_DIMENSION, 0);
  tensor->quantized = tensor->scales.count > 0 && tensor->zero_points.count > 0;
  if (!tensor->quantized) return MODEL_OK;
  for (uint32_t i = 0; i < tensor->scales.count; i++) {
    float scale = fb_float_at(file, tensor->scales, i);
    if (!(scale >= 0.0f && scale <= 3.4e38f))
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor,
                                     "has a scale that is no number above 0");
  }
  int64_t zero_point = fb_int64_at(file, tensor->zero_points, 0);
  int64_t low = tensor->type == TENSOR_UINT8 ? 0 : tensor->type == TENSOR_INT8 ? -128 : -32768;
  int64_t high = tensor->type == TENSOR_UINT8 ? 255 : tensor->type == TENSOR_INT8 ? 127 : 32767;
  if (zero_point < low || zero_point > high)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "has a zero point outside of its type");
  tensor->scale = fb_float_at(file, tensor->scales, 0);
  tensor->zero_point = (int32_t)zero_point;
  return MODEL_OK;
}

static model_status read_constant(interpreter_builder *builder, const fb_table *table,
                                  interpreter_tensor *tensor) {
  fb_file *file = &builder->file;
  uint32_t index = fb_uint32(file, table, TENSOR_BUFFER, 0);
  if (index >= builder->buffers.count)
    return interpreter_fail_tensor(builder, MODEL_CORRUPT, tensor, "names a buffer that is not there");
  fb_table buffer = fb_table_at(file, builder->buffers, index);
  fb_vector data = fb_vector_field(file, &buffer, BUFFER_DATA, 1);
  if (fb_uint64(file, &buffer, BUFFER_OFFSET, 0) > 1 ||
      fb_uint32(file, table, TENSOR_EXTERNAL_BUFFER, 0) != 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "has its data outside of the tables");
  if (fb_has_field(file, table, TENSOR_SPARSITY))
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "is sparse");
  if (data.count == 0) return MODEL_OK;
  if (interpreter_element_bytes(tensor->type) != 0 && data.count != (uint32_t)tensor->byte_length)
    return interpreter_fail_tensor(builder, MODEL_CORRUPT, tensor,
                                   "has a buffer that does not fit its shape");
  tensor->value = VALUE_CONSTANT;
  tensor->bytes = file->bytes + data.position;
  return MODEL_OK;
}

model_status interpreter_read_tensor(interpreter_builder *builder, fb_vector tensors, uint32_t index,
                                     interpreter_tensor *tensor) {
  fb_file *file = &builder->file;
  fb_table table = fb_table_at(file, tensors, index);
  memset(tensor, 0, sizeof *tensor);
  tensor->index = (int32_t)index;
  tensor->variable = -1;
  tensor->name = fb_vector_field(file, &table, TENSOR_NAME, 1);
  tensor->type = (uint8_t)fb_uint8(file, &table, TENSOR_TYPE, TENSOR_FLOAT32);
  model_status status = read_shape(builder, &table, tensor);
  if (status == MODEL_OK) status = read_quantization(builder, &table, tensor);
  if (status == MODEL_OK) status = read_constant(builder, &table, tensor);
  if (status == MODEL_OK && file->corrupt)
    status = interpreter_fail_tensor(builder, MODEL_CORRUPT, tensor, "leads outside of the file");
  return status;
}
