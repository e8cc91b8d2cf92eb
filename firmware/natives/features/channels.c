#include "features_tables.h"
#include "steps.h"

/* The square root to the nearest whole number. Each division doubles the correct bits of the estimate, from
 * the first one to all 32 (Zimmermann's recursion, unrolled); it ends less than one away from the root of the
 * scaled value. Values stay below 2^62. As in TFLM, what would round up to 65536 from below 2^32 stays. */
static uint32_t square_root(uint64_t value) {
  if (value == 0) return 0;
  int scale = __builtin_clzll(value) & ~1;
  uint64_t scaled = value << scale;
  uint32_t estimate = 1 + (uint32_t)(scaled >> 62);
  estimate = (estimate << 1) + (uint32_t)(scaled >> 59) / estimate;
  estimate = (estimate << 3) + (uint32_t)(scaled >> 53) / estimate;
  estimate = (estimate << 7) + (uint32_t)(scaled >> 41) / estimate;
  uint64_t root = (((uint64_t)estimate << 15) + (scaled >> 17) / estimate) >> (scale / 2);
  if (root * root > value) root--;
  int stays = root == 0xFFFF && value >> 32 == 0;
  return (uint32_t)(value - root * root > root && !stays ? root + 1 : root);
}

void features_take_sums(const uint32_t energy[FEATURES_POINTS], uint64_t sums[FEATURES_CHANNELS]) {
  uint64_t rising = 0;
  for (int band = 0; band <= FEATURES_CHANNELS; band++) {
    int from = features_band_starts[band];
    features_slope slope = features_take_slope(energy, features_falling_weights + (from - FEATURES_FIRST_BIN),
                                               from, features_band_starts[band + 1]);
    if (band > 0) sums[band - 1] = rising + slope.falling;
    rising = slope.rising;
  }
}

void features_take_channels(const uint64_t sums[FEATURES_CHANNELS], int shift,
                            uint32_t channels[FEATURES_CHANNELS]) {
  for (int i = 0; i < FEATURES_CHANNELS; i++) channels[i] = square_root(sums[i]) >> shift;
}
