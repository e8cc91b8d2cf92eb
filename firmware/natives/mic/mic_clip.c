#include "mic_clip.h"

#include <string.h>

#define SAMPLE_RATE 16000u
#define PCM 1u

static uint32_t u16(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t u32(const uint8_t *at) {
  return u16(at) | u16(at + 2) << 16;
}

/* The bytes of a chunk that lies wholly within the file, or NULL. */
static const uint8_t *find_chunk(const uint8_t *file, size_t byte_length, const char *name, uint32_t *bytes) {
  size_t at = 12;
  while (byte_length - at >= 8) {
    *bytes = u32(file + at + 4);
    if (*bytes > byte_length - at - 8) return NULL;
    if (memcmp(file + at, name, 4) == 0) return file + at + 8;
    const size_t padded = (size_t)*bytes + (*bytes & 1);
    if (padded > byte_length - at - 8) return NULL;
    at += 8 + padded;
  }
  return NULL;
}

const char *mic_clip_open(mic_clip *self, const uint8_t *file, size_t byte_length) {
  memset(self, 0, sizeof *self);
  if (byte_length < 12 || memcmp(file, "RIFF", 4) != 0 || memcmp(file + 8, "WAVE", 4) != 0)
    return "the clip is no WAV file";
  uint32_t bytes;
  const uint8_t *format = find_chunk(file, byte_length, "fmt ", &bytes);
  if (!format || bytes < 16) return "the clip has no format";
  if (u16(format) != PCM || u16(format + 2) != 1 || u32(format + 4) != SAMPLE_RATE || u16(format + 14) != 16)
    return "the clip must be 16 kHz, mono, 16 bits";
  const uint8_t *samples = find_chunk(file, byte_length, "data", &bytes);
  if (!samples) return "the clip has no samples, or is cut short";
  self->samples = samples;
  self->count = bytes / 2;
  return NULL;
}

size_t mic_clip_read(mic_clip *self, int16_t *samples, size_t count) {
  const size_t left = self->count - self->next;
  const size_t taken = count < left ? count : left;
  const uint8_t *from = self->samples + 2 * self->next;
  for (size_t i = 0; i < taken; i++) samples[i] = (int16_t)u16(from + 2 * i);
  self->next += taken;
  return taken;
}
