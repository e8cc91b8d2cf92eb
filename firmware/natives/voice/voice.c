#include "voice.h"

#include <string.h>

#include "adpcm.h"

#define STOP_MS 5u
#define GAIN_ONE (1u << 16)
#define BETWEEN 16 /* bits of a place between two samples */
#define WINDOW 4   /* samples that a curve goes by */

struct voice {
  voice_clip clips[VOICE_MOST_CLIPS];
  int clip_count, clip; /* `clip` is being said */
  uint32_t at;          /* samples of it that have been decoded */
  adpcm decoder;
  int32_t window[WINDOW]; /* the place lies between the second and the third */
  uint32_t place, step;   /* in 2^-16 samples of the pack */
  int rest;               /* samples of silence still to come after the last clip, through the window */
  uint32_t gain, stop;
  uint32_t fade, fade_from; /* samples of fading out left, and at its start; fade_from 0: none */
};

size_t voice_bytes(void) {
  return sizeof(voice);
}

/* The next sample of the pack: silence after the last. */
static int32_t next(voice *self) {
  while (self->clip < self->clip_count && self->at == self->clips[self->clip].samples) {
    self->clip++;
    self->at = 0;
    memset(&self->decoder, 0, sizeof self->decoder);
  }
  if (self->clip == self->clip_count) {
    self->rest--;
    return 0;
  }
  const uint8_t both = self->clips[self->clip].sound[self->at / 2];
  return adpcm_next(&self->decoder, self->at++ % 2 ? both >> 4 : both & 15u);
}

static void shift(voice *self) {
  memmove(self->window, self->window + 1, (WINDOW - 1) * sizeof self->window[0]);
  self->window[WINDOW - 1] = next(self);
}

static void add_lines(voice *self, const voice_pack *pack, const char *lines) {
  while (*lines && self->clip_count < VOICE_MOST_CLIPS) {
    size_t length = 0;
    while (lines[length] && lines[length] != '\n') length++;
    const int index = voice_pack_find(pack, lines, length);
    if (voice_pack_clip(pack, index, &self->clips[self->clip_count])) self->clip_count++;
    lines += length + (lines[length] == '\n');
  }
}

int voice_begin(voice *self, const voice_pack *pack, const char *lines, uint32_t sample_rate,
                int volume_percent) {
  memset(self, 0, sizeof *self);
  if (sample_rate < VOICE_LEAST_SAMPLE_RATE || sample_rate > VOICE_MOST_SAMPLE_RATE) return 0;
  if (volume_percent < 0 || volume_percent > 100) return 0;
  add_lines(self, pack, lines);
  self->step = (VOICE_PACK_RATE << BETWEEN) / sample_rate;
  self->gain = GAIN_ONE * (uint32_t)(volume_percent * volume_percent) / 10000;
  self->stop = STOP_MS * sample_rate / 1000;
  self->rest = self->clip_count > 0 ? WINDOW - 1 : 0;
  if (self->clip_count > 0)
    for (int i = 1; i < WINDOW; i++) shift(self); /* nothing before the first */
  return self->clip_count;
}

/* A cubic through the two samples around the place, with the slopes of those beyond (Catmull-Rom). */
static int32_t between(const int32_t w[WINDOW], uint32_t place) {
  const int64_t t = place;
  const int64_t a = -w[0] + 3 * w[1] - 3 * w[2] + w[3];
  const int64_t b = 2 * w[0] - 5 * w[1] + 4 * w[2] - w[3];
  const int64_t c = w[2] - w[0];
  const int64_t curve = (((((a * t >> BETWEEN) + b) * t >> BETWEEN) + c) * t >> BETWEEN) / 2;
  const int64_t value = w[1] + curve;
  return (int32_t)(value > 32767 ? 32767 : value < -32768 ? -32768 : value);
}

static int is_over(const voice *self) {
  return self->rest <= 0 && self->clip == self->clip_count;
}

size_t voice_render(voice *self, int16_t *samples, size_t count) {
  size_t rendered = 0;
  for (; rendered < count && !is_over(self); rendered++) {
    int64_t value = between(self->window, self->place);
    if (self->fade_from > 0) {
      value = value * --self->fade / self->fade_from;
      if (self->fade == 0) self->rest = 0, self->clip = self->clip_count;
    }
    samples[rendered] = (int16_t)(value * self->gain >> 16);
    for (self->place += self->step; self->place >> BETWEEN; self->place -= 1u << BETWEEN) shift(self);
  }
  return rendered;
}

void voice_stop(voice *self) {
  if (self->fade_from > 0 || is_over(self)) return;
  self->fade_from = self->fade = self->stop;
}
