/* From what a microphone's bus delivers to what the ear hears: one or two channels of 16 or 32 bits to 16-bit mono,
 * without the offset that most microphones have.
 *
 * Pure C99, integers throughout: the same bytes give the same samples on every machine. */
#ifndef EARSHOT_MIC_SAMPLES_H
#define EARSHOT_MIC_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#define MIC_MAX_GAIN_BITS 8

typedef enum { MIC_LEFT = 0, MIC_RIGHT, MIC_AVERAGE } mic_channel;

typedef struct {
  int slot_bits;       /* of one sample on the bus, 16 or 32; the highest bits are the sample */
  int channels;        /* on the bus, 1 or 2; two take turns, the left one first */
  mic_channel channel; /* of two; with one it does not matter */
  int gain_bits;       /* doublings, 0 … MIC_MAX_GAIN_BITS; what gets too loud is clipped */
  int keep_offset;     /* 1: leave the samples as they are, as a recording's */
} mic_format;

typedef struct {
  mic_format format;
  int32_t offset; /* mean of the last samples, 24 bits, in 1/128 */
  int fresh;      /* no sample has come yet */
} mic_samples;

/* Every member of the format must be in its range. */
void mic_samples_init(mic_samples *self, const mic_format *format);

/* Forgets the offset: the next sample begins anew, as after a silence of unknown length. */
void mic_samples_restart(mic_samples *self);

/* Bytes on the bus for one sample of the result. */
size_t mic_frame_bytes(const mic_format *format);

/* Converts `count` frames; the bus bytes are little-endian and aligned to their size. The offset is what lies below
 * 20 Hz. */
void mic_samples_convert(mic_samples *self, const void *bus, int16_t *samples, size_t count);

#endif
