/* Makes one straight list of operators out of the main subgraph: a CALL_ONCE is replaced by its initialiser's
 * operators, marked to run the first time only. */
#include <string.h>

#include "census.h"

static model_status reference(interpreter_builder *builder, fb_vector indices, uint32_t at,
                              interpreter_tensor **out) {
  int32_t index = fb_int32_at(&builder->file, indices, at);
  if (index < -1 || index >= builder->tensor_count)
    return interpreter_fail_number(builder, MODEL_CORRUPT, "names a tensor that is not there:", index);
  *out = index == -1 ? NULL : &builder->tensors[index];
  return MODEL_OK;
}

/* Values must be written before they are read, once, and by nobody else. */
static model_status connect(interpreter_builder *builder, interpreter_operator *operation, int32_t position) {
  for (int32_t i = 0; i < operation->input_count; i++) {
    interpreter_tensor *input = operation->inputs[i];
    if (input == NULL) continue;
    if (input->value == VALUE_UNWRITTEN)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, input, "reads what nothing has written");
    if (input->last < position) input->last = position;
  }
  for (int32_t i = 0; i < operation->output_count; i++) {
    interpreter_tensor *output = operation->outputs[i];
    if (output == NULL) return interpreter_fail(builder, MODEL_BAD_SHAPE, "leaves out an output");
    if (output->value != VALUE_UNWRITTEN)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "writes what is already written");
    if (output->type != TENSOR_RESOURCE && output->byte_length == 0)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, output, "has a type that is not supported");
    output->value = VALUE_PRODUCED;
    output->first = output->last = position;
  }
  return MODEL_OK;
}

static model_status gather(interpreter_builder *builder, const fb_table *table,
                           interpreter_operator *operation, interpreter_tensor ***references) {
  fb_vector inputs = fb_vector_field(&builder->file, table, OPERATOR_INPUTS, 4);
  fb_vector outputs = fb_vector_field(&builder->file, table, OPERATOR_OUTPUTS, 4);
  operation->inputs = *references;
  operation->outputs = *references + inputs.count;
  *references += inputs.count + outputs.count;
  operation->input_count = (int32_t)inputs.count;
  operation->output_count = (int32_t)outputs.count;
  for (uint32_t i = 0; i < inputs.count; i++) {
    model_status status = reference(builder, inputs, i, &operation->inputs[i]);
    if (status != MODEL_OK) return status;
  }
  for (uint32_t i = 0; i < outputs.count; i++) {
    model_status status = reference(builder, outputs, i, &operation->outputs[i]);
    if (status != MODEL_OK) return status;
  }
  return MODEL_OK;
}

static model_status check_against(interpreter_builder *builder, const interpreter_kernel *kernel,
                                  const interpreter_operator *operation) {
  if (operation->input_count < kernel->least_inputs || operation->input_count > kernel->most_inputs)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE,
                                   "has the wrong number of inputs:", operation->input_count);
  if (operation->output_count < kernel->least_outputs || operation->output_count > kernel->most_outputs)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE,
                                   "has the wrong number of outputs:", operation->output_count);
  for (int32_t i = 0; i < kernel->least_inputs; i++)
    if (operation->inputs[i] == NULL)
      return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "leaves out input", i);
  bool present = builder->options.position != 0;
  if (kernel->options_required && !present)
    return interpreter_fail(builder, MODEL_BAD_SHAPE, "lacks its options");
  if (kernel->options_type != 0 && present && builder->options_type != kernel->options_type)
    return interpreter_fail_number(builder, MODEL_CORRUPT,
                                   "has options of another operator:", builder->options_type);
  return MODEL_OK;
}

static model_status load_subgraph(interpreter_builder *builder, uint32_t index,
                                  interpreter_tensor ***references);

static model_status load_operator(interpreter_builder *builder, const fb_table *table,
                                  interpreter_tensor ***references) {
  fb_file *file = &builder->file;
  fb_vector custom;
  int32_t code = interpreter_code_of(builder, table, &custom);
  interpreter_kernel kernel = interpreter_kernel_of(code);
  builder->operator_name = interpreter_operator_name(code);
  if (code == OPERATOR_CUSTOM)
    return interpreter_fail_named(builder, MODEL_UNKNOWN_OPERATOR, "unknown operator", custom);
  if (kernel.prepare == NULL && code != OPERATOR_CALL_ONCE)
    return interpreter_fail_number(builder, MODEL_UNKNOWN_OPERATOR, "unknown operator, code", code);
  builder->options_type = fb_uint8(file, table, OPERATOR_OPTIONS_TYPE, 0);
  builder->options = fb_table_field(file, table, OPERATOR_OPTIONS);
  int32_t position = builder->self->operator_count;
  interpreter_operator *operation = &builder->self->operators[position];
  memset(operation, 0, sizeof *operation);
  operation->once = !builder->in_main;
  builder->current = operation;
  model_status status = gather(builder, table, operation, references);
  if (status == MODEL_OK) status = check_against(builder, &kernel, operation);
  if (status == MODEL_OK && file->corrupt)
    status = interpreter_fail(builder, MODEL_CORRUPT, "leads outside of the file");
  if (status == MODEL_OK) status = connect(builder, operation, position);
  if (status == MODEL_OK && code == OPERATOR_CALL_ONCE) {
    if (!builder->in_main)
      return interpreter_fail(builder, MODEL_BAD_SHAPE, "must not stand in an initialiser");
    return load_subgraph(builder, (uint32_t)interpreter_initialiser_of(builder, table), references);
  }
  if (status == MODEL_OK) status = kernel.prepare(builder, operation);
  if (status == MODEL_OK && file->corrupt)
    status = interpreter_fail(builder, MODEL_CORRUPT, "leads outside of the file");
  if (operation->invoke != NULL) builder->self->operator_count++; /* handles, for one, have nothing to do */
  return status;
}

static model_status load_tensors(interpreter_builder *builder, const fb_table *subgraph) {
  fb_vector tensors = fb_vector_field(&builder->file, subgraph, SUBGRAPH_TENSORS, 4);
  builder->tensors = builder->self->tensors + builder->self->tensor_count;
  builder->tensor_count = (int32_t)tensors.count;
  builder->operator_name = NULL;
  for (uint32_t i = 0; i < tensors.count; i++) {
    model_status status = interpreter_read_tensor(builder, tensors, i, &builder->tensors[i]);
    if (status != MODEL_OK) return status;
  }
  builder->self->tensor_count += builder->tensor_count;
  return MODEL_OK;
}

static model_status load_inputs(interpreter_builder *builder, const fb_table *subgraph) {
  fb_vector indices = fb_vector_field(&builder->file, subgraph, SUBGRAPH_INPUTS, 4);
  for (uint32_t i = 0; i < indices.count; i++) {
    interpreter_tensor *tensor = NULL;
    model_status status = reference(builder, indices, i, &tensor);
    if (status != MODEL_OK) return status;
    if (tensor == NULL) return interpreter_fail(builder, MODEL_CORRUPT, "an input of the model is left out");
    if (tensor->value != VALUE_UNWRITTEN || tensor->byte_length == 0)
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor, "cannot be an input of the model");
    tensor->value = VALUE_INPUT;
    tensor->first = 0;
    tensor->last = INT32_MAX; /* an input stays what the caller wrote */
    builder->self->inputs[i] = tensor;
  }
  builder->self->input_count = (int32_t)indices.count;
  return MODEL_OK;
}

static model_status load_outputs(interpreter_builder *builder, const fb_table *subgraph) {
  fb_vector indices = fb_vector_field(&builder->file, subgraph, SUBGRAPH_OUTPUTS, 4);
  for (uint32_t i = 0; i < indices.count; i++) {
    interpreter_tensor *tensor = NULL;
    model_status status = reference(builder, indices, i, &tensor);
    if (status != MODEL_OK) return status;
    if (tensor == NULL) return interpreter_fail(builder, MODEL_CORRUPT, "an output of the model is left out");
    if (tensor->byte_length == 0 || (tensor->value != VALUE_PRODUCED && tensor->value != VALUE_INPUT))
      return interpreter_fail_tensor(builder, MODEL_BAD_SHAPE, tensor,
                                     "is an output of the model that nothing writes");
    tensor->last = INT32_MAX;
    builder->self->outputs[i] = tensor;
  }
  builder->self->output_count = (int32_t)indices.count;
  return MODEL_OK;
}

static model_status load_operators(interpreter_builder *builder, fb_vector operators,
                                   interpreter_tensor ***references) {
  for (uint32_t i = 0; i < operators.count; i++) {
    fb_table table = fb_table_at(&builder->file, operators, i);
    builder->operator_index = (int32_t)i;
    model_status status = load_operator(builder, &table, references);
    if (status != MODEL_OK) return status;
  }
  return MODEL_OK;
}

/* An initialiser: its own tensors, and then those of the main subgraph again. */
static model_status load_subgraph(interpreter_builder *builder, uint32_t index,
                                  interpreter_tensor ***references) {
  interpreter_tensor *tensors = builder->tensors;
  int32_t tensor_count = builder->tensor_count, operator_index = builder->operator_index;
  fb_table subgraph = fb_table_at(&builder->file, builder->subgraphs, index);
  builder->in_main = false;
  model_status status = load_tensors(builder, &subgraph);
  if (status == MODEL_OK) {
    fb_vector operators = fb_vector_field(&builder->file, &subgraph, SUBGRAPH_OPERATORS, 4);
    status = load_operators(builder, operators, references);
  }
  if (status != MODEL_OK) return status;
  builder->in_main = true;
  builder->tensors = tensors;
  builder->tensor_count = tensor_count;
  builder->operator_index = operator_index;
  return MODEL_OK;
}

static model_status reserve_tables(interpreter_builder *builder, const interpreter_census *counts,
                                   const fb_table *main, interpreter_tensor ***references) {
  model *self = interpreter_reserve(builder, sizeof *self);
  interpreter_tensor *tensors = interpreter_reserve(builder, counts->tensors * sizeof *tensors);
  interpreter_operator *operators = interpreter_reserve(builder, (counts->operators + 1) * sizeof *operators);
  interpreter_variable *variables = interpreter_reserve(builder, counts->variables * sizeof *variables);
  uint32_t inputs = fb_vector_field(&builder->file, main, SUBGRAPH_INPUTS, 4).count;
  uint32_t outputs = fb_vector_field(&builder->file, main, SUBGRAPH_OUTPUTS, 4).count;
  interpreter_tensor **ends = interpreter_reserve(builder, ((uint64_t)inputs + outputs) * sizeof *ends);
  *references = interpreter_reserve(builder, counts->references * sizeof **references);
  if (*references == NULL) return MODEL_ARENA_TOO_SMALL;
  memset(self, 0, sizeof *self);
  self->tensors = tensors;
  self->operators = operators;
  self->variables = variables;
  self->inputs = ends;
  self->outputs = ends + inputs;
  builder->self = self;
  return MODEL_OK;
}

model_status interpreter_read(interpreter_builder *builder) {
  fb_file *file = &builder->file;
  fb_table root = fb_root(file);
  builder->codes = fb_vector_field(file, &root, MODEL_OPERATOR_CODES, 4);
  builder->subgraphs = fb_vector_field(file, &root, MODEL_SUBGRAPHS, 4);
  builder->buffers = fb_vector_field(file, &root, MODEL_BUFFERS, 4);
  uint32_t version = fb_uint32(file, &root, MODEL_VERSION, 0);
  if (file->corrupt) return interpreter_fail(builder, MODEL_CORRUPT, "the file is cut short or damaged");
  if (version != SCHEMA_VERSION)
    return interpreter_fail_number(builder, MODEL_NOT_A_MODEL, "schema version must be 3, not", version);
  if (builder->subgraphs.count == 0)
    return interpreter_fail(builder, MODEL_CORRUPT, "the file has no subgraph");
  interpreter_census counts = {0, 0, 0, 0};
  interpreter_tensor **references;
  fb_table main = fb_table_at(file, builder->subgraphs, 0);
  fb_vector operators = fb_vector_field(file, &main, SUBGRAPH_OPERATORS, 4);
  model_status status = interpreter_take_census(builder, &counts);
  if (status == MODEL_OK) status = reserve_tables(builder, &counts, &main, &references);
  builder->in_main = true;
  if (status == MODEL_OK) status = load_tensors(builder, &main);
  if (status == MODEL_OK) status = load_inputs(builder, &main);
  if (status == MODEL_OK) status = load_operators(builder, operators, &references);
  builder->operator_name = NULL;
  if (status == MODEL_OK) status = load_outputs(builder, &main);
  if (status == MODEL_OK && file->corrupt)
    status = interpreter_fail(builder, MODEL_CORRUPT, "the file is damaged");
  return status;
}
