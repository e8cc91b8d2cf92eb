#include "census.h"

int32_t interpreter_code_of(interpreter_builder *builder, const fb_table *operation, fb_vector *custom) {
  fb_file *file = &builder->file;
  uint32_t index = fb_uint32(file, operation, OPERATOR_CODE_INDEX, 0);
  fb_table code = fb_table_at(file, builder->codes, index);
  int32_t old = fb_int8(file, &code, CODE_DEPRECATED_BUILTIN, 0),
          builtin = fb_int32(file, &code, CODE_BUILTIN, 0);
  *custom = fb_vector_field(file, &code, CODE_CUSTOM, 1);
  return old > builtin ? old : builtin;
}

int32_t interpreter_initialiser_of(interpreter_builder *builder, const fb_table *operation) {
  fb_vector custom;
  if (interpreter_code_of(builder, operation, &custom) != OPERATOR_CALL_ONCE) return -1;
  fb_table options = fb_table_field(&builder->file, operation, OPERATOR_OPTIONS);
  return fb_int32(&builder->file, &options, CALL_ONCE_SUBGRAPH, 0) & INT32_MAX;
}

static void count_subgraph(interpreter_builder *builder, uint32_t index, interpreter_census *counts) {
  fb_file *file = &builder->file;
  fb_table subgraph = fb_table_at(file, builder->subgraphs, index);
  fb_vector operators = fb_vector_field(file, &subgraph, SUBGRAPH_OPERATORS, 4);
  counts->tensors += fb_vector_field(file, &subgraph, SUBGRAPH_TENSORS, 4).count;
  counts->operators += operators.count;
  for (uint32_t i = 0; i < operators.count && !file->corrupt; i++) {
    fb_table operation = fb_table_at(file, operators, i);
    fb_vector custom;
    counts->variables += interpreter_code_of(builder, &operation, &custom) == OPERATOR_VAR_HANDLE;
    counts->references += fb_vector_field(file, &operation, OPERATOR_INPUTS, 4).count;
    counts->references += fb_vector_field(file, &operation, OPERATOR_OUTPUTS, 4).count;
  }
}

model_status interpreter_take_census(interpreter_builder *builder, interpreter_census *counts) {
  fb_file *file = &builder->file;
  fb_table main = fb_table_at(file, builder->subgraphs, 0);
  fb_vector operators = fb_vector_field(file, &main, SUBGRAPH_OPERATORS, 4);
  count_subgraph(builder, 0, counts);
  for (uint32_t i = 0;
       i < operators.count && counts->operators <= INTERPRETER_MAX_OPERATORS && !file->corrupt; i++) {
    fb_table operation = fb_table_at(file, operators, i);
    int32_t called = interpreter_initialiser_of(builder, &operation);
    if (called < 0) continue;
    if (called == 0 || (uint32_t)called >= builder->subgraphs.count)
      return interpreter_fail_number(builder, MODEL_CORRUPT,
                                     "CALL_ONCE of a subgraph that is not there:", called);
    for (uint32_t earlier = 0; earlier < i; earlier++) {
      fb_table other = fb_table_at(file, operators, earlier);
      if (interpreter_initialiser_of(builder, &other) == called)
        return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "two CALL_ONCE of subgraph", called);
    }
    count_subgraph(builder, (uint32_t)called, counts);
  }
  if (file->corrupt) return interpreter_fail(builder, MODEL_CORRUPT, "an operator leads outside of the file");
  if (counts->tensors > INTERPRETER_MAX_TENSORS)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE, "too many tensors:", (int64_t)counts->tensors);
  if (counts->operators > INTERPRETER_MAX_OPERATORS)
    return interpreter_fail_number(builder, MODEL_BAD_SHAPE,
                                   "too many operators:", (int64_t)counts->operators);
  return MODEL_OK;
}
