/* Streaming state: VAR_HANDLE names a variable, READ_VARIABLE and ASSIGN_VARIABLE copy it out and in. A
 * handle is resolved when the model is opened and costs nothing afterwards. */
#include <string.h>

#include "interpreter.h"

static bool same_text(const fb_file *file, fb_vector a, fb_vector b) {
  if (a.count != b.count) return false;
  for (uint32_t i = 0; i < a.count; i++)
    if (file->bytes[a.position + i] != file->bytes[b.position + i]) return false;
  return true;
}

model_status interpreter_prepare_var_handle(interpreter_builder *builder, interpreter_operator *operation) {
  model *self = builder->self;
  interpreter_tensor *handle = operation->outputs[0];
  fb_vector container = fb_vector_field(&builder->file, &builder->options, VAR_HANDLE_CONTAINER, 1);
  fb_vector name = fb_vector_field(&builder->file, &builder->options, VAR_HANDLE_SHARED_NAME, 1);
  if (handle->type != TENSOR_RESOURCE)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, handle, "must be a resource");
  int32_t index = 0;
  while (index < self->variable_count &&
         !(same_text(&builder->file, self->variables[index].shared_name, name) &&
           same_text(&builder->file, self->variables[index].container, container)))
    index++;
  if (index == self->variable_count) {
    interpreter_variable *variable = &self->variables[self->variable_count++];
    memset(variable, 0, sizeof *variable);
    variable->container = container;
    variable->shared_name = name;
    variable->byte_length = -1;
  }
  handle->variable = index;
  return MODEL_OK;
}

static model_status find_variable(interpreter_builder *builder, const interpreter_tensor *handle,
                                  interpreter_variable **out) {
  if (handle->type != TENSOR_RESOURCE || handle->variable < 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, handle, "is no variable's handle");
  *out = &builder->self->variables[handle->variable];
  return MODEL_OK;
}

/* Whoever comes first tells the size; all others must agree. */
static model_status agree(interpreter_builder *builder, interpreter_variable *variable,
                          const interpreter_tensor *value) {
  if (value->byte_length == 0)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, value, "has a type that is not supported");
  if (variable->byte_length < 0) {
    variable->byte_length = value->byte_length;
    variable->type = value->type;
  }
  if (variable->byte_length != value->byte_length || variable->type != value->type)
    return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, value,
                                   "does not have the variable's size and type");
  return MODEL_OK;
}

static void invoke_read(const interpreter_operator *self) {
  const interpreter_variable *variable = self->prepared;
  memcpy(self->outputs[0]->writable, variable->bytes, (size_t)variable->byte_length);
}

model_status interpreter_prepare_read_variable(interpreter_builder *builder,
                                               interpreter_operator *operation) {
  interpreter_variable *variable = NULL;
  model_status status = find_variable(builder, operation->inputs[0], &variable);
  operation->invoke = invoke_read;
  operation->prepared = variable;
  return status != MODEL_OK ? status : agree(builder, variable, operation->outputs[0]);
}

static void invoke_assign(const interpreter_operator *self) {
  const interpreter_variable *variable = self->prepared;
  memcpy(variable->bytes, self->inputs[1]->bytes, (size_t)variable->byte_length);
}

/* Before its first assignment a variable holds the zero point of the first value that the main subgraph
 * assigns to it, or else an initialiser. */
model_status interpreter_prepare_assign_variable(interpreter_builder *builder,
                                                 interpreter_operator *operation) {
  const interpreter_tensor *value = operation->inputs[1];
  interpreter_variable *variable = NULL;
  model_status status = find_variable(builder, operation->inputs[0], &variable);
  if (status != MODEL_OK) return status;
  if (!variable->assigned || (builder->in_main && !variable->assigned_by_main)) {
    variable->initial = value->quantized ? (uint8_t)value->zero_point : 0;
    variable->assigned_by_main = builder->in_main;
  }
  variable->assigned = true;
  operation->invoke = invoke_assign;
  operation->prepared = variable;
  return agree(builder, variable, value);
}
