/* What the phone model's training wants of a whole recording at once: see phone_features.py. */
#include "../../../firmware/natives/features/features.h"
#include "../../../firmware/natives/features/steps.h"

#define EXACT_BITS 24 /* of a float; what is cut off behind them no logarithm sees */

static float power_of(uint64_t sum, int shift) {
  int beyond = 64 - __builtin_clzll(sum) - EXACT_BITS;
  if (beyond > 0) sum = sum >> beyond << beyond;
  return (float)sum * FEATURES_SUM_ONE / (float)((uint32_t)1 << 2 * shift);
}

/* Returns how many frames there are, one for each hop after the first window. */
size_t phone_features_powers(const int16_t *samples, size_t count, float (*powers)[FEATURES_CHANNELS]) {
  features_scratch scratch;
  uint32_t energy[FEATURES_POINTS];
  uint64_t sums[FEATURES_CHANNELS];
  size_t frames = 0;
  for (; count >= FEATURES_WINDOW_SAMPLES; count -= FEATURES_HOP_SAMPLES, samples += FEATURES_HOP_SAMPLES) {
    int shift = features_take_window(samples, &scratch.a);
    features_take_energy(&scratch, energy);
    features_take_sums(energy, sums);
    for (int i = 0; i < FEATURES_CHANNELS; i++)
      powers[frames][i] = power_of(sums[i] + FEATURES_ONE_ENERGY, shift);
    frames++;
  }
  return frames;
}
