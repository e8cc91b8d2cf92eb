/* Whether a microphone hears at all. One that has died gives the same value for ever; one whose data line hangs in
 * the air gives loud, even noise. Both look like silence to whatever waits for words, so they are told.
 *
 * Pure C99, no allocation; a second of sound is judged at a time. One thread owns one. */
#ifndef EARSHOT_MIC_HEALTH_H
#define EARSHOT_MIC_HEALTH_H

#include <stddef.h>
#include <stdint.h>

/* A verdict has to stand for so many seconds in a row before it is told. */
#define MIC_HEALTH_SECONDS 10

typedef enum {
  MIC_HEALTH_FINE = 0,
  MIC_HEALTH_STILL, /* every sample is the same */
  MIC_HEALTH_NOISE  /* loud, white and even, as no room sounds */
} mic_health_verdict;

typedef struct {
  int64_t sum;      /* of this second's samples */
  int64_t squares;  /* of their squares */
  int64_t products; /* of each with the one before */
  int64_t block_squares;
  int64_t least_block; /* of the squares of a tenth of a second */
  int64_t most_block;
  int32_t previous;
  int32_t least;
  int32_t most;
  uint32_t count;   /* samples of this second */
  uint32_t seconds; /* for how long the verdict stands */
  mic_health_verdict verdict;
} mic_health;

/* Forgets everything heard so far. */
void mic_health_reset(mic_health *self);

/* Hears 16 kHz mono samples. Returns a verdict other than fine once, when it has stood for long enough; again only
 * after the microphone has been fine. */
mic_health_verdict mic_health_hear(mic_health *self, const int16_t *samples, size_t count);

/* What a verdict means, for people; NULL for fine. */
const char *mic_health_text(mic_health_verdict verdict);

#endif
