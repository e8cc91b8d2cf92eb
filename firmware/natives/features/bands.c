#include "steps.h"

#define STEPS_FOR_2 394566 /* 20 times the decimal logarithm of 2, in 1/65536 */
#define OF_POWER_1 (-146)  /* what stands for it */

void features_take_half_decibels(const uint64_t sums[FEATURES_CHANNELS], int shift,
                                 int8_t bands[FEATURES_CHANNELS]) {
  const int32_t offset = (FEATURES_SUM_ONE_BITS - 2 * shift) * (1 << FEATURES_LOG_FRACTION_BITS);
  for (int i = 0; i < FEATURES_CHANNELS; i++) {
    int64_t steps = (int64_t)(features_log2(sums[i] + FEATURES_ONE_ENERGY) + offset) * STEPS_FOR_2;
    int32_t value = (int32_t)((steps + ((int64_t)1 << 31)) >> 32) + OF_POWER_1;
    bands[i] = (int8_t)(value < FEATURES_BANDS_SILENCE ? FEATURES_BANDS_SILENCE : value > 127 ? 127 : value);
  }
}
