/* The steps from one window of samples to one frame of features, in order. Private to this folder. */
#ifndef EARSHOT_FEATURES_STEPS_H
#define EARSHOT_FEATURES_STEPS_H

#include "features.h"

#define FEATURES_POINTS 256 /* of the complex transform: 512 real samples, two to a point */

/* Complex numbers, the real parts apart from the imaginary ones. */
typedef struct {
  int16_t re[FEATURES_POINTS];
  int16_t im[FEATURES_POINTS];
} features_points;

/* Scratch for the transform. */
typedef struct {
  features_points a;
  features_points b;
} features_scratch;

/* Applies the Hann window and shifts the result up as far as it goes, so that the transform keeps most bits.
 * The even samples become real parts, the odd ones imaginary parts, and zeros fill the rest. Returns the
 * shift, 0 … 15. */
int features_take_window(const int16_t samples[FEATURES_WINDOW_SAMPLES], features_points *points);

/* Squared magnitude of bins 1 … 255 of the 512-point real transform of scratch->a, divided by 512 * 512. */
void features_take_energy(features_scratch *scratch, uint32_t energy[FEATURES_POINTS]);

/* Sums of the energies under each channel's triangle, in 1/4096. */
void features_take_sums(const uint32_t energy[FEATURES_POINTS], uint64_t sums[FEATURES_CHANNELS]);

/* Mel channels: square roots of the sums, shifted back down. */
void features_take_channels(const uint64_t sums[FEATURES_CHANNELS], int shift,
                            uint32_t channels[FEATURES_CHANNELS]);

/* Follows the noise in each channel, in 1/1024, and takes it away. */
void features_reduce_noise(uint32_t noise[FEATURES_CHANNELS], uint32_t channels[FEATURES_CHANNELS]);

/* Evens out loudness: the louder a channel's noise, the smaller its gain (per-channel amplitude
 * normalisation). */
void features_apply_gain(const uint32_t noise[FEATURES_CHANNELS], uint32_t channels[FEATURES_CHANNELS]);

/* Natural logarithm of 8 times each channel, in steps of 1/64. */
void features_take_logarithm(const uint32_t channels[FEATURES_CHANNELS], uint16_t frame[FEATURES_CHANNELS]);

/* A sum of 1 is a power of 64: 512 * 512 of the transform, less the weights' 4096. */
#define FEATURES_SUM_ONE_BITS 6
#define FEATURES_SUM_ONE (1 << FEATURES_SUM_ONE_BITS)
/* The least energy that a bin can have, as a sum. */
#define FEATURES_ONE_ENERGY 4096

/* The same sums in half decibels: see features_take_bands. */
void features_take_half_decibels(const uint64_t sums[FEATURES_CHANNELS], int shift,
                                 int8_t bands[FEATURES_CHANNELS]);

/* The other spectrum, of the same energies: see features_take_mel. */
void features_take_mel_bands(const uint32_t energy[FEATURES_POINTS], int shift,
                             int8_t mel[FEATURES_MEL_BANDS]);

/* Energy between two neighbouring edges of triangular bands, in 1/4096. */
typedef struct {
  uint64_t falling; /* of the band that falls there */
  uint64_t rising;  /* of the next one */
} features_slope;

/* Bins `from` to `end`, the end excluded, with the falling band's weight for each; the rising one has the rest. */
static inline features_slope features_take_slope(const uint32_t *energy, const uint16_t *weights, int from,
                                                 int end) {
  uint64_t falling = 0, total = 0;
  for (int bin = from; bin < end; bin++) {
    falling += (uint64_t)energy[bin] * *weights++;
    total += energy[bin];
  }
  return (features_slope){falling, (total << 12) - falling};
}

#define FEATURES_LOG_FRACTION_BITS 16

/* The logarithm to base 2 of a value that is not 0, in 1/65536. */
int32_t features_log2(uint64_t value);

/* How many bits the value has: the position of its highest one, counted from 1; none for 0. */
static inline int features_bit_count(uint32_t value) {
  return value == 0 ? 0 : 32 - __builtin_clz(value);
}

#endif
