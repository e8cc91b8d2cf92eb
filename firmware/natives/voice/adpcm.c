#include "adpcm.h"

#define LAST_INDEX 88

static const int16_t STEPS[LAST_INDEX + 1] = {
    7,    8,     9,     10,    11,    12,    13,    14,    16,    17,    19,    21,    23,    25,   28,
    31,   34,    37,    41,    45,    50,    55,    60,    66,    73,    80,    88,    97,    107,  118,
    130,  143,   157,   173,   190,   209,   230,   253,   279,   307,   337,   371,   408,   449,  494,
    544,  598,   658,   724,   796,   876,   963,   1060,  1166,  1282,  1411,  1552,  1707,  1878, 2066,
    2272, 2499,  2749,  3024,  3327,  3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845, 8630,
    9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};
static const int8_t STEP_CHANGES[8] = {-1, -1, -1, -1, 2, 4, 6, 8};

static int32_t within(int32_t value, int32_t least, int32_t most) {
  return value < least ? least : value > most ? most : value;
}

int16_t adpcm_next(adpcm *self, unsigned code) {
  const int32_t step = STEPS[self->index];
  int32_t change = step >> 3;
  if (code & 4) change += step;
  if (code & 2) change += step >> 1;
  if (code & 1) change += step >> 2;
  self->value = within(code & 8 ? self->value - change : self->value + change, -32768, 32767);
  self->index = within(self->index + STEP_CHANGES[code & 7], 0, LAST_INDEX);
  return (int16_t)self->value;
}
