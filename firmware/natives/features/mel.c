#include "features_tables.h"
#include "steps.h"

#define STEPS_FOR_2 315653 /* 16 times the decimal logarithm of 2, in 1/65536 */
#define OF_POWER_1 (-96)   /* what stands for it */

static int8_t quantize(uint64_t energy, int32_t offset) {
  if (energy == 0) return FEATURES_MEL_SILENCE;
  int32_t log2 = features_log2(energy);
  if (log2 <= -offset) return FEATURES_MEL_SILENCE;
  int64_t steps = (int64_t)(log2 + offset) * STEPS_FOR_2;
  int32_t value = (int32_t)((steps + ((int64_t)1 << 31)) >> 32) + OF_POWER_1;
  return (int8_t)(value < FEATURES_MEL_SILENCE ? FEATURES_MEL_SILENCE : value > 127 ? 127 : value);
}

void features_take_mel_bands(const uint32_t energy[FEATURES_POINTS], int shift,
                             int8_t mel[FEATURES_MEL_BANDS]) {
  uint64_t rising = 0;
  for (int band = 0; band <= FEATURES_MEL_BANDS; band++) {
    int from = features_mel_starts[band];
    features_slope slope =
        features_take_slope(energy, features_mel_falling_weights + (from - features_mel_starts[0]), from,
                            features_mel_starts[band + 1]);
    if (band > 0)
      mel[band - 1] = quantize(rising + slope.falling,
                               features_mel_offsets[band - 1] - shift * (2 << FEATURES_LOG_FRACTION_BITS));
    rising = slope.rising;
  }
}
