#ifndef EARSHOT_ENGINE_LOOKUP_H
#define EARSHOT_ENGINE_LOOKUP_H

#include "engine.h"

/* QUANTIZE from one 8-bit type to another; tensors have been checked. */
model_status engine_prepare_requantize(engine_builder *builder, engine_operator *operation);

#endif
