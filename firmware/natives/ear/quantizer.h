/* Feature values to a model's int8 input: one table lookup a value. */
#ifndef EARSHOT_QUANTIZER_H
#define EARSHOT_QUANTIZER_H

#include <stdint.h>

#include "../model/model.h"

#define QUANTIZER_VALUES 1024 /* features end at about 670; above the table they count as its last value */

typedef struct {
  int8_t table[QUANTIZER_VALUES];
} quantizer;

/* For the model's own input scale and zero point; models hear features in steps of 10 / 256. */
void quantizer_init(quantizer *self, const model_tensor *input);

void quantizer_apply(const quantizer *self, const uint16_t *values, int count, int8_t *quantized);

#endif
