/* Operators that move whole values: RESHAPE, EXPAND_DIMS, SQUEEZE, CONCATENATION, SPLIT and SPLIT_V. Any
 * type. */
#include <string.h>

#include "interpreter.h"

typedef struct {
  int32_t outer; /* product of the sizes before the axis */
  int32_t inner; /* bytes of one step of the axis */
  int32_t axis;
} around_axis;

static around_axis look_around(const interpreter_tensor *tensor, int32_t axis) {
  around_axis around = {1, interpreter_element_bytes(tensor->type), axis};
  for (int32_t i = 0; i < axis; i++) around.outer *= tensor->shape[i];
  for (int32_t i = axis + 1; i < tensor->rank; i++) around.inner *= tensor->shape[i];
  return around;
}

static model_status keep(interpreter_builder *builder, interpreter_operator *operation, around_axis around,
                         void (*invoke)(const interpreter_operator *)) {
  around_axis *reserved = interpreter_reserve(builder, sizeof *reserved);
  operation->invoke = invoke;
  operation->prepared = reserved;
  if (reserved != NULL) *reserved = around;
  return MODEL_OK;
}

static void invoke_copy(const interpreter_operator *self) {
  memcpy(self->outputs[0]->writable, self->inputs[0]->bytes, (size_t)self->outputs[0]->byte_length);
}

model_status interpreter_prepare_copy(interpreter_builder *builder, interpreter_operator *operation) {
  const interpreter_tensor *input = operation->inputs[0], *output = operation->outputs[0];
  if (output->type != input->type)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "must have the input's type");
  operation->invoke = invoke_copy;
  return interpreter_require_same_elements(builder, input, output);
}

static void invoke_concatenation(const interpreter_operator *self) {
  const around_axis *around = self->prepared;
  uint8_t *to = self->outputs[0]->writable;
  for (int32_t outer = 0; outer < around->outer; outer++) {
    for (int32_t i = 0; i < self->input_count; i++) {
      size_t bytes = (size_t)self->inputs[i]->shape[around->axis] * (size_t)around->inner;
      memcpy(to, self->inputs[i]->bytes + (size_t)outer * bytes, bytes);
      to += bytes;
    }
  }
}

/* Parts of one value along an axis: same type, and same sizes but along that axis, where they add up. */
static model_status check_parts(interpreter_builder *builder, const interpreter_tensor *whole,
                                interpreter_tensor *const *parts, int32_t count, int32_t axis) {
  int64_t total = 0;
  for (int32_t i = 0; i < count; i++) {
    const interpreter_tensor *part = parts[i];
    bool fits = part != NULL && part->type == whole->type && part->rank == whole->rank;
    for (int32_t j = 0; fits && j < whole->rank; j++) fits = j == axis || part->shape[j] == whole->shape[j];
    if (part == NULL) return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "leaves out input", i);
    if (!fits) return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, part, "does not fit along the axis");
    total += part->shape[axis];
  }
  if (total != whole->shape[axis])
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, whole, "is not the sum of its parts");
  return MODEL_OK;
}

model_status interpreter_prepare_concatenation(interpreter_builder *builder,
                                               interpreter_operator *operation) {
  const interpreter_tensor *output = operation->outputs[0];
  int32_t axis = fb_int32(&builder->file, &builder->options, CONCATENATION_AXIS, 0);
  if (axis < -output->rank || axis >= output->rank)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "no such axis:", axis);
  if (fb_uint8(&builder->file, &builder->options, CONCATENATION_ACTIVATION, ACTIVATION_NONE) !=
      ACTIVATION_NONE)
    return interpreter_fail(builder, MODEL_BAD_SHAPE, "has an activation, which is not supported");
  axis = axis < 0 ? axis + output->rank : axis;
  model_status status = check_parts(builder, output, operation->inputs, operation->input_count, axis);
  if (status != MODEL_OK) return status;
  for (int32_t i = 0; i < operation->input_count && output->type == TENSOR_INT8; i++) {
    const interpreter_tensor *input = operation->inputs[i];
    if (input->scale != output->scale || input->zero_point != output->zero_point)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "must be quantised like the output");
  }
  return keep(builder, operation, look_around(output, axis), invoke_concatenation);
}

static void split(const interpreter_operator *self, const uint8_t *from) {
  const around_axis *around = self->prepared;
  for (int32_t outer = 0; outer < around->outer; outer++) {
    for (int32_t i = 0; i < self->output_count; i++) {
      size_t bytes = (size_t)self->outputs[i]->shape[around->axis] * (size_t)around->inner;
      memcpy(self->outputs[i]->writable + (size_t)outer * bytes, from, bytes);
      from += bytes;
    }
  }
}

static void invoke_split(const interpreter_operator *self) {
  split(self, self->inputs[1]->bytes);
}

static void invoke_split_v(const interpreter_operator *self) {
  split(self, self->inputs[0]->bytes);
}

static model_status prepare_split(interpreter_builder *builder, interpreter_operator *operation,
                                  const interpreter_tensor *input, const interpreter_tensor *axis_tensor,
                                  void (*invoke)(const interpreter_operator *)) {
  int32_t axis;
  model_status status = interpreter_require_axis(builder, axis_tensor, input->rank, &axis);
  if (status == MODEL_OK)
    status = check_parts(builder, input, operation->outputs, operation->output_count, axis);
  return status != MODEL_OK ? status : keep(builder, operation, look_around(input, axis), invoke);
}

/* Unlike SPLIT_V, the parts are all of one size. */
model_status interpreter_prepare_split(interpreter_builder *builder, interpreter_operator *operation) {
  for (int32_t i = 1; i < operation->output_count; i++) {
    model_status status =
        interpreter_require_same_shape(builder, operation->outputs[0], operation->outputs[i]);
    if (status != MODEL_OK) return status;
  }
  return prepare_split(builder, operation, operation->inputs[1], operation->inputs[0], invoke_split);
}

model_status interpreter_prepare_split_v(interpreter_builder *builder, interpreter_operator *operation) {
  return prepare_split(builder, operation, operation->inputs[0], operation->inputs[2], invoke_split_v);
}
