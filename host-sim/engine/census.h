/* What a file is going to need, counted before any of it is kept. */
#ifndef EARSHOT_ENGINE_CENSUS_H
#define EARSHOT_ENGINE_CENSUS_H

#include "engine.h"

typedef struct {
  uint64_t tensors, operators, variables, references; /* references: operators' inputs and outputs */
} engine_census;

/* Also refuses a CALL_ONCE that leads nowhere, and files with more than the engine takes. */
model_status engine_take_census(engine_builder *builder, engine_census *counts);

/* An operator's code, and its name should it be a custom one. */
int32_t engine_code_of(engine_builder *builder, const fb_table *operation, fb_vector *custom);
/* The subgraph that a CALL_ONCE runs, or -1 for any other operator. */
int32_t engine_initialiser_of(engine_builder *builder, const fb_table *operation);

#endif
