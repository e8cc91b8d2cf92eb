#include "mic_samples.h"

/* Samples are 24-bit here: no microphone has more, and the mean below still fits 32. */
#define SAMPLE_BITS 24

/* The mean follows by 1/128 a sample: at 16 kHz it takes away what lies below 16000 / (2 pi * 128) = 20 Hz. */
#define OFFSET_SHIFT 7

void mic_samples_init(mic_samples *self, const mic_format *format) {
  self->format = *format;
  mic_samples_restart(self);
}

void mic_samples_restart(mic_samples *self) {
  self->offset = 0;
  self->fresh = 1;
}

size_t mic_frame_bytes(const mic_format *format) {
  return (size_t)(format->slot_bits / 8 * format->channels);
}

static int32_t slot(const mic_format *format, const void *bus, size_t index) {
  if (format->slot_bits == 16) return ((const int16_t *)bus)[index] * (1 << (SAMPLE_BITS - 16));
  return ((const int32_t *)bus)[index] >> (32 - SAMPLE_BITS);
}

static int32_t frame(const mic_format *format, const void *bus, size_t index) {
  if (format->channels == 1) return slot(format, bus, index);
  const int32_t left = slot(format, bus, 2 * index), right = slot(format, bus, 2 * index + 1);
  if (format->channel == MIC_LEFT) return left;
  if (format->channel == MIC_RIGHT) return right;
  return (left + right) >> 1;
}

static int32_t without_offset(mic_samples *self, int32_t sample) {
  if (self->fresh) self->offset = sample * (1 << OFFSET_SHIFT); /* no thump when the microphone starts */
  self->fresh = 0;
  const int32_t rest = sample - (self->offset >> OFFSET_SHIFT);
  self->offset += rest;
  return rest;
}

/* To 16 bits, rounded and clipped. */
static int16_t shorten(int32_t sample, int gain_bits) {
  const int shift = SAMPLE_BITS - 16 - gain_bits;
  const int32_t rounded = shift > 0 ? (sample + (1 << (shift - 1))) >> shift : sample;
  if (rounded > INT16_MAX) return INT16_MAX;
  if (rounded < INT16_MIN) return INT16_MIN;
  return (int16_t)rounded;
}

void mic_samples_convert(mic_samples *self, const void *bus, int16_t *samples, size_t count) {
  const mic_format *format = &self->format;
  for (size_t i = 0; i < count; i++) {
    const int32_t heard = frame(format, bus, i);
    samples[i] = shorten(format->keep_offset ? heard : without_offset(self, heard), format->gain_bits);
  }
}
