#include "phone_level.h"

#define FRACTION_BITS 16
#define HALF_DECIBEL (FEATURES_CHANNELS << FRACTION_BITS)
#define MARGIN (20 * HALF_DECIBEL) /* that it stays above what is there */
#define LEAST (-64 * HALF_DECIBEL) /* speech at a desk holds it about +20 */
#define LOWEST (-128 * HALF_DECIBEL)
#define RISE_BITS 3 /* in 8 frames */
#define FALL_BITS 9 /* in 512 */

void phone_level_reset(phone_level *self) {
  self->held = LOWEST;
  self->is_set = 0;
}

void phone_level_follow(phone_level *self, const int8_t bands[FEATURES_CHANNELS]) {
  int32_t sum = 0;
  for (int i = 0; i < FEATURES_CHANNELS; i++) sum += bands[i];
  const int32_t heard = sum * (1 << FRACTION_BITS);
  if (!self->is_set) self->held = heard + MARGIN;
  self->is_set = 1;
  if (heard > self->held)
    self->held += (heard - self->held) >> RISE_BITS;
  else if (heard + MARGIN < self->held)
    self->held -= (self->held - heard - MARGIN) >> FALL_BITS;
  if (self->held < LEAST) self->held = LEAST;
}

void phone_level_apply(const phone_level *self, const int8_t bands[FEATURES_CHANNELS],
                       int8_t input[FEATURES_CHANNELS]) {
  const int level = (self->held - LOWEST + HALF_DECIBEL / 2) / HALF_DECIBEL - 128;
  for (int i = 0; i < FEATURES_CHANNELS; i++) {
    const int above = bands[i] - level;
    input[i] = (int8_t)(above < -128 ? -128 : above > 127 ? 127 : above);
  }
}
