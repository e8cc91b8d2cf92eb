#include "cues.h"

#include <string.h>

#include "scores.h"

#define ATTACK_MS 4u
#define RELEASE_MS 12u
#define STOP_MS 5u
/* A note's loudness falls to 1/e in this time. */
#define DECAY_MS 90u
#define LEVEL_ONE (1u << 24)
#define GAIN_ONE (1u << 16)

typedef struct {
  uint32_t start, end; /* in samples of the cue */
  uint32_t phase_step; /* turns in 2^-32 a sample */
  uint32_t phase;
  uint32_t level; /* decays from LEVEL_ONE */
} note;

struct cue {
  uint32_t at, end; /* in samples */
  uint32_t attack, release;
  uint32_t decay;           /* of a level, by sample, in 2^-24 */
  uint32_t gain;            /* of GAIN_ONE */
  uint32_t fade, fade_from; /* samples of fading out left, and at its start; fade_from 0: none */
  uint32_t stop;            /* samples of a fading out */
  int note_count;
  note notes[SCORE_MAX_NOTES];
};

/* 32767 sin(pi / 2 * i / 64) */
static const int16_t QUARTER_SINE[65] = {
    0,     804,   1608,  2410,  3212,  4011,  4808,  5602,  6393,  7179,  7962,  8739,  9512,
    10278, 11039, 11793, 12539, 13279, 14010, 14732, 15446, 16151, 16846, 17530, 18204, 18868,
    19519, 20159, 20787, 21403, 22005, 22594, 23170, 23731, 24279, 24811, 25329, 25832, 26319,
    26790, 27245, 27683, 28105, 28510, 28898, 29268, 29621, 29956, 30273, 30571, 30852, 31113,
    31356, 31580, 31785, 31971, 32137, 32285, 32412, 32521, 32609, 32678, 32728, 32757, 32767};

size_t cue_bytes(void) {
  return sizeof(cue);
}

int cue_of_name(const char *name) {
  for (int number = 0; number < CUE_COUNT; number++) {
    const size_t length = strlen(name);
    if (strlen(SCORES[number].name) == length && memcmp(SCORES[number].name, name, length) == 0)
      return number;
  }
  return -1;
}

int cue_init(cue *self, int number, uint32_t sample_rate, int volume_percent) {
  memset(self, 0, sizeof *self);
  if (number < 0 || number >= CUE_COUNT || volume_percent < 0 || volume_percent > 100) return 0;
  if (sample_rate < CUE_LEAST_SAMPLE_RATE || sample_rate > CUE_MOST_SAMPLE_RATE) return 0;
  const score *played = &SCORES[number];
  self->end = played->length_ms * sample_rate / 1000;
  self->attack = ATTACK_MS * sample_rate / 1000;
  self->release = RELEASE_MS * sample_rate / 1000;
  self->stop = STOP_MS * sample_rate / 1000;
  self->decay = LEVEL_ONE / (DECAY_MS * sample_rate / 1000);
  self->gain = GAIN_ONE * (uint32_t)(volume_percent * volume_percent) / 10000;
  self->note_count = played->note_count;
  for (int i = 0; i < self->note_count; i++) {
    const score_note *written = &played->notes[i];
    note *here = &self->notes[i];
    here->start = written->start_ms * sample_rate / 1000;
    here->end = here->start + written->length_ms * sample_rate / 1000;
    here->phase_step = (uint32_t)(((uint64_t)written->centihertz << 32) / (100u * (uint64_t)sample_rate));
    here->level = LEVEL_ONE;
  }
  return 1;
}

/* -32767 to 32767, between the table's points on a straight line. */
static int32_t sine(uint32_t phase) {
  const uint32_t half = phase & 0x7fffffffu;
  const uint32_t quarter = half > 0x40000000u ? 0x80000000u - half : half;
  const uint32_t index = quarter >> 24;
  if (index == 64) return phase >> 31 ? -QUARTER_SINE[64] : QUARTER_SINE[64];
  const int32_t low = QUARTER_SINE[index];
  const int32_t value = low + (((QUARTER_SINE[index + 1] - low) * (int32_t)(quarter >> 8 & 0xffff)) >> 16);
  return phase >> 31 ? -value : value;
}

/* Rises at a note's start and falls to nothing at its end, whatever its level is. */
static uint32_t ramp(const cue *self, const note *here) {
  const uint32_t since = self->at - here->start;
  const uint32_t until = here->end - self->at;
  uint32_t value = GAIN_ONE;
  if (since < self->attack) value = GAIN_ONE * since / self->attack;
  if (until < self->release) value = (uint32_t)((uint64_t)value * until / self->release);
  return value;
}

/* The fundamental, an octave at a quarter and a twelfth at an eighth of it: -11700 to 11700. */
static int32_t sound(const cue *self, note *here) {
  if (self->at < here->start || self->at >= here->end) return 0;
  const int32_t wave = sine(here->phase) / 4 + sine(here->phase * 2) / 16 + sine(here->phase * 3) / 32;
  const uint32_t level = (uint32_t)((uint64_t)here->level * ramp(self, here) >> 16);
  here->phase += here->phase_step;
  here->level -= (uint32_t)((uint64_t)here->level * self->decay >> 24);
  return (int32_t)((int64_t)wave * level >> 24);
}

size_t cue_render(cue *self, int16_t *samples, size_t count) {
  size_t rendered = 0;
  for (; rendered < count && self->at < self->end; rendered++, self->at++) {
    int32_t sum = 0;
    for (int i = 0; i < self->note_count; i++) sum += sound(self, &self->notes[i]);
    if (self->fade_from > 0) sum = (int32_t)((int64_t)sum * --self->fade / self->fade_from);
    samples[rendered] = (int16_t)((int64_t)sum * self->gain >> 16);
  }
  return rendered;
}

void cue_stop(cue *self) {
  if (self->fade_from > 0 || self->end - self->at <= self->stop) return;
  self->fade_from = self->fade = self->stop;
  self->end = self->at + self->stop;
}
