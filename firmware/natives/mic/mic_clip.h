/* A recording in memory, played in place of a microphone. Pure C99. */
#ifndef EARSHOT_MIC_CLIP_H
#define EARSHOT_MIC_CLIP_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const uint8_t *samples; /* 16-bit, little-endian, not aligned */
  size_t count;
  size_t next;
} mic_clip;

/* Takes a WAV file of 16 kHz, mono, 16 bits, which stays the caller's. Returns NULL, or what is wrong with it, for people. */
const char *mic_clip_open(mic_clip *self, const uint8_t *file, size_t byte_length);

/* Copies up to `count` samples; returns how many there were: fewer at the end, then 0. */
size_t mic_clip_read(mic_clip *self, int16_t *samples, size_t count);

#endif
