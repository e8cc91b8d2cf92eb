#include <string.h>

#include "interpreter.h"

static bool is_model(const uint8_t *file, size_t file_bytes) {
  return file != NULL && file_bytes >= 8 && file_bytes <= INT32_MAX && file[4] == 'T' && file[5] == 'F' &&
         file[6] == 'L' && file[7] == '3';
}

static model_status settle_variables(interpreter_builder *builder) {
  for (int32_t i = 0; i < builder->self->variable_count; i++) {
    const interpreter_variable *variable = &builder->self->variables[i];
    if (!variable->assigned)
      return interpreter_fail_named(builder, MODEL_BAD_SHAPE, "nothing assigns the variable",
                                    variable->shared_name);
  }
  return MODEL_OK;
}

static model_status build(interpreter_builder *builder) {
  model_status status = interpreter_read(builder);
  if (status == MODEL_OK) status = settle_variables(builder);
  if (status == MODEL_OK) status = interpreter_plan(builder);
  return status;
}

model_status model_open(const uint8_t *file, size_t file_bytes, void *arena, size_t arena_bytes, model **out,
                        model_error *error) {
  model_error ignored;
  interpreter_builder builder;
  memset(&builder, 0, sizeof builder);
  builder.error = error != NULL ? error : &ignored;
  memset(builder.error, 0, sizeof *builder.error);
  *out = NULL;
  if (!is_model(file, file_bytes))
    return interpreter_fail(&builder, MODEL_NOT_A_MODEL, "not a TensorFlow Lite model (no TFL3)");
  size_t skipped = (size_t)(-(uintptr_t)arena) & 15;
  builder.file.bytes = file;
  builder.file.length = (uint32_t)file_bytes;
  builder.arena = arena;
  if (arena != NULL && arena_bytes > skipped) {
    builder.arena += skipped;
    builder.arena_bytes = arena_bytes - skipped;
  }
  model_status status = build(&builder);
  if (status == MODEL_ARENA_TOO_SMALL) {
    uint64_t needed = builder.arena_used + skipped;
    builder.operator_name = NULL;
    interpreter_fail_number(&builder, status, "bytes of arena needed:", (int64_t)needed);
    builder.error->arena_bytes_needed = needed > SIZE_MAX ? SIZE_MAX : (size_t)needed;
  }
  if (status != MODEL_OK) return status;
  model_reset(builder.self);
  for (int i = 0; i < builder.self->input_count; i++)
    memset(builder.self->inputs[i]->writable, 0, (size_t)builder.self->inputs[i]->byte_length);
  for (int i = 0; i < builder.self->output_count; i++)
    memset(builder.self->outputs[i]->writable, 0, (size_t)builder.self->outputs[i]->byte_length);
  *out = builder.self;
  return MODEL_OK;
}

int model_has_operator(int operator_code) {
  return operator_code == OPERATOR_CALL_ONCE || interpreter_kernel_of(operator_code).prepare != NULL;
}

size_t model_arena_used(const model *self) {
  return self->arena_used;
}

int model_input_count(const model *self) {
  return self->input_count;
}

int model_output_count(const model *self) {
  return self->output_count;
}

static model_type public_type(uint8_t type) {
  switch (type) {
  case TENSOR_INT8:
    return MODEL_INT8;
  case TENSOR_UINT8:
    return MODEL_UINT8;
  case TENSOR_INT16:
    return MODEL_INT16;
  case TENSOR_INT32:
    return MODEL_INT32;
  case TENSOR_FLOAT32:
    return MODEL_FLOAT32;
  default:
    return MODEL_OTHER;
  }
}

static model_tensor view(interpreter_tensor *const *tensors, int count, int index) {
  model_tensor out;
  memset(&out, 0, sizeof out);
  out.type = MODEL_OTHER;
  if (index < 0 || index >= count) return out;
  const interpreter_tensor *tensor = tensors[index];
  out.type = public_type(tensor->type);
  out.rank = tensor->rank;
  memcpy(out.shape, tensor->shape, sizeof out.shape);
  out.byte_length = tensor->byte_length;
  out.scale = tensor->scale;
  out.zero_point = tensor->zero_point;
  out.data = tensor->writable;
  return out;
}

model_tensor model_input(const model *self, int index) {
  return view(self->inputs, self->input_count, index);
}

model_tensor model_output(const model *self, int index) {
  return view(self->outputs, self->output_count, index);
}

void model_reset(model *self) {
  self->started = false;
  for (int32_t i = 0; i < self->variable_count; i++)
    memset(self->variables[i].bytes, self->variables[i].initial, (size_t)self->variables[i].byte_length);
}

void model_invoke(model *self) {
  for (int32_t i = 0; i < self->operator_count; i++) {
    const interpreter_operator *operation = &self->operators[i];
    if (operation->once && self->started) continue;
    operation->invoke(operation);
  }
  self->started = true;
}
