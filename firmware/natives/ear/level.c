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

/* What a third and two thirds of a doubling are. */
#define THIRD 81
#define TWO_THIRDS 102

uint64_t level_power(int decibels) {
  static const uint8_t thirds[] = {LEVEL_POWER_OF_SILENCE, THIRD, TWO_THIRDS};
  const int above = decibels - LEVEL_SILENCE;
  return (uint64_t)thirds[above % 3] << above / 3;
}

int level_of_power(uint64_t power) {
  int decibels = LEVEL_SILENCE;
  for (; power >= 2 * LEVEL_POWER_OF_SILENCE; power /= 2) decibels += 3;
  return decibels + (power >= TWO_THIRDS ? 2 : power >= THIRD ? 1 : 0);
}
