/* The features that the models hear: 40 log-mel channels every 10 ms, computed in integers, bit-exact with TensorFlow
 * Lite Micro's audio front end as microWakeWord configures it; and from the same transform, two spectra without its
 * noise reduction.
 *
 * Pure C99: no allocation, no libc beyond <string.h>, no floating point, no global state. */
#ifndef EARSHOT_FEATURES_H
#define EARSHOT_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#define FEATURES_SAMPLE_RATE 16000    /* Hz */
#define FEATURES_WINDOW_SAMPLES 480   /* 30 ms */
#define FEATURES_HOP_SAMPLES 160      /* 10 ms */
#define FEATURES_CHANNELS 40          /* 125 Hz to 7500 Hz */
#define FEATURES_MEL_BANDS 32         /* 60 Hz to 3800 Hz */
#define FEATURES_MEL_SILENCE (-64)    /* the least value of a band: a power of 100 */
#define FEATURES_BANDS_SILENCE (-128) /* the least value of a plain channel: a power of 8 */

typedef struct features features;

/* Bytes that one features object needs; the caller supplies them, aligned to 8. */
size_t features_bytes(void);

/* Back to the state after power-up: empty window, noise estimate unset. Also the only initialiser. */
void features_reset(features *self);

/* Consumes samples until one frame is complete or none are left; returns how many were consumed.
 * When a frame is complete *ready is 1 and frame holds 40 values (natural log in steps of 1/64, noise
 * reduced, 0 … about 670); else *ready is 0 and frame is untouched. Call again with the rest. */
size_t features_push(features *self, const int16_t *samples, size_t count, uint16_t frame[FEATURES_CHANNELS],
                     int *ready);

/* The mel spectrum of the frame that features_push completed last, as the speech embedding's input wants it: per band
 * 16 times the decimal logarithm of its power, less 96, from FEATURES_MEL_SILENCE to 127. So (value + 128) / 16 is that
 * logarithm plus 2. Power is of the whole numbers that samples are, through a Hann window of 400 of them;
 * bands are triangles of equal area, evenly spaced up to 1 kHz and logarithmically above (Slaney's mel scale). Before
 * the first frame all bands are silent. */
void features_take_mel(const features *self, int8_t mel[FEATURES_MEL_BANDS]);

/* The same 40 channels of that frame, neither reduced nor evened out: the power in each, in steps of half a decibel
 * from 9 dB (FEATURES_BANDS_SILENCE) to 136.5 dB (127). Power is as above, through the whole window; triangles are one
 * high, and each has a bin's least energy more than it has, lest rounding tears holes. Before the first frame all are
 * silent. */
void features_take_bands(const features *self, int8_t bands[FEATURES_CHANNELS]);

#endif
