#include "row.h"

#define NAT 256 /* losses are in 1/256 nat */

int row_scale_set(row_scale *self, float scale, float blank_penalty) {
  if (!(scale > 0.0f && scale <= 8.0f)) return 0;
  if (!(blank_penalty >= -50.0f && blank_penalty <= 50.0f)) return 0;
  /* A float times a power of two is exact, so this is the same integer everywhere. */
  uint64_t step = (uint64_t)(scale * (float)(1u << 24)); /* 1/256 nat, 16 bits of fraction */
  for (uint32_t i = 0; i < 256; i++) self->value_of_logit[i] = (int32_t)(i * step >> 16);
  self->blank_penalty = (int32_t)(blank_penalty * (float)NAT);
  return 1;
}

int row_losses(const row_scale *self, const int8_t *logits, int32_t losses[DECODER_CLASSES]) {
  int best = 0;
  for (int i = 0; i < DECODER_CLASSES; i++) {
    losses[i] = self->value_of_logit[logits[i] + 128] - (i == 0 ? self->blank_penalty : 0);
    if (losses[i] > losses[best]) best = i;
  }
  int32_t highest = losses[best];
  for (int i = 0; i < DECODER_CLASSES; i++) {
    losses[i] = highest - losses[i];
    if (losses[i] > ROW_MAX_LOSS) losses[i] = ROW_MAX_LOSS;
  }
  return best;
}
