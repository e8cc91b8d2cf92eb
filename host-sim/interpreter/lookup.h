#ifndef EARSHOT_INTERPRETER_LOOKUP_H
#define EARSHOT_INTERPRETER_LOOKUP_H

#include "interpreter.h"

/* QUANTIZE from one 8-bit type to another; tensors have been checked. */
model_status interpreter_prepare_requantize(interpreter_builder *builder, interpreter_operator *operation);

#endif
