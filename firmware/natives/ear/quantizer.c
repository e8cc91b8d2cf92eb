#include "quantizer.h"

/* microWakeWord's convention: its networks are trained on feature * 10 / 256. */
static const float feature_step = 0.0390625f;

void quantizer_init(quantizer *self, const model_tensor *input) {
  for (int value = 0; value < QUANTIZER_VALUES; value++) {
    const float steps = (float)value * feature_step / input->scale;
    int32_t quantized = steps < 255.0f ? (int32_t)(steps + 0.5f) + input->zero_point : 127;
    if (quantized > 127) quantized = 127;
    if (quantized < -128) quantized = -128;
    self->table[value] = (int8_t)quantized;
  }
}

void quantizer_apply(const quantizer *self, const uint16_t *values, int count, int8_t *quantized) {
  for (int i = 0; i < count; i++) {
    quantized[i] = self->table[values[i] < QUANTIZER_VALUES ? values[i] : QUANTIZER_VALUES - 1];
  }
}
