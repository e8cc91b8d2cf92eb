#include "features_tables.h"
#include "steps.h"

#define NOISE_FRACTION_BITS 10

void features_reduce_noise(uint32_t noise[FEATURES_CHANNELS], uint32_t channels[FEATURES_CHANNELS]) {
  for (int i = 0; i < FEATURES_CHANNELS; i++) {
    uint32_t smoothing = i % 2 == 0 ? FEATURES_EVEN_SMOOTHING : FEATURES_ODD_SMOOTHING;
    uint32_t signal = channels[i] << NOISE_FRACTION_BITS;
    uint32_t estimate =
        (uint32_t)(((uint64_t)signal * smoothing + (uint64_t)noise[i] * (FEATURES_NOISE_ONE - smoothing)) /
                   FEATURES_NOISE_ONE);
    noise[i] = estimate;
    uint32_t removed = estimate < signal ? estimate : signal;
    uint32_t left = (signal - removed) >> NOISE_FRACTION_BITS;
    uint32_t least = (uint32_t)((uint64_t)channels[i] * FEATURES_LEAST_SIGNAL / FEATURES_NOISE_ONE);
    channels[i] = left > least ? left : least;
  }
}
