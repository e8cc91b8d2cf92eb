/* The features that the wake and phone models hear: 40 log-mel channels every 10 ms, computed in integers,
 * bit-exact with TensorFlow Lite Micro's audio front end as microWakeWord configures it.
 *
 * Pure C99: no allocation, no libc beyond <string.h>, no floating point, no global state. */
#ifndef EARSHOT_FEATURES_H
#define EARSHOT_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#define FEATURES_SAMPLE_RATE 16000  /* Hz */
#define FEATURES_WINDOW_SAMPLES 480 /* 30 ms */
#define FEATURES_HOP_SAMPLES 160    /* 10 ms */
#define FEATURES_CHANNELS 40        /* 125 Hz to 7500 Hz */

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

#endif
