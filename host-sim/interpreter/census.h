/* What a file is going to need, counted before any of it is kept. */
#ifndef EARSHOT_INTERPRETER_CENSUS_H
#define EARSHOT_INTERPRETER_CENSUS_H

#include "interpreter.h"

typedef struct {
  uint64_t tensors, operators, variables, references; /* references: operators' inputs and outputs */
} interpreter_census;

/* Also refuses a CALL_ONCE that leads nowhere, and files with more than the interpreter takes. */
model_status interpreter_take_census(interpreter_builder *builder, interpreter_census *counts);

/* An operator's code, and its name should it be a custom one. */
int32_t interpreter_code_of(interpreter_builder *builder, const fb_table *operation, fb_vector *custom);
/* The subgraph that a CALL_ONCE runs, or -1 for any other operator. */
int32_t interpreter_initialiser_of(interpreter_builder *builder, const fb_table *operation);

#endif
