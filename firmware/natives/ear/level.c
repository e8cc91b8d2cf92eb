#include "level.h"

void level_add(level *self, const int16_t *samples, size_t count) {
  for (size_t i = 0; i < count; i++) self->squares += (uint64_t)((int32_t)samples[i] * samples[i]);
  self->count += (uint32_t)count;
}

/* Binary logarithm in 256ths of a value from 1 on, a straight line between powers of two: at most 22 too low. */
static int32_t logarithm(uint32_t value) {
  int32_t power = 0;
  while (value >> power > 1) power++;
  const uint32_t above = value - (1u << power);
  return power * 256 + (int32_t)(((uint64_t)above << 8) >> power);
}

int level_take(level *self) {
  const uint32_t mean = self->count == 0 ? 0 : (uint32_t)(self->squares / self->count);
  self->squares = 0;
  self->count = 0;
  if (mean == 0) return LEVEL_SILENCE;
  /* 10 lg 2 = 3.01 dB a power of two, 2^30 is full scale; 11 centres the line's error */
  const int32_t below = 30 * 256 - logarithm(mean) - 11;
  const int32_t decibels = (below * 771 / 256 + 128) / 256;
  if (below <= 0) return 0;
  return decibels > -LEVEL_SILENCE ? LEVEL_SILENCE : -(int)decibels;
}
