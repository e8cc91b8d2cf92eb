#include "mic_health.h"

#include <string.h>

#define SECOND_SAMPLES 16000
#define BLOCK_SAMPLES 1600
/* Mean square of 1 % of full scale, -40 dBFS: a microphone's own noise in a silent room lies far below. */
#define LOUD_MEAN_SQUARE 107374

void mic_health_reset(mic_health *self) {
  memset(self, 0, sizeof *self);
}

static void begin_second(mic_health *self) {
  const mic_health before = *self;
  memset(self, 0, sizeof *self);
  self->previous = before.previous;
  self->seconds = before.seconds;
  self->verdict = before.verdict;
}

static void end_block(mic_health *self) {
  if (self->count == BLOCK_SAMPLES || self->block_squares < self->least_block)
    self->least_block = self->block_squares;
  if (self->block_squares > self->most_block) self->most_block = self->block_squares;
  self->block_squares = 0;
}

/* White: neighbours have less than a tenth in common. Even: no tenth of a second has half again as much energy as
 * another; that of white noise varies by 4 %, that of a voice by tens of dB. */
static int is_noise(const mic_health *self) {
  const int64_t offset = self->sum * self->sum / SECOND_SAMPLES;
  const int64_t energy = self->squares - offset;
  const int64_t shared = self->products - offset;
  if (energy < (int64_t)LOUD_MEAN_SQUARE * SECOND_SAMPLES) return 0;
  if (shared > energy / 10 || shared < -energy / 10) return 0;
  return self->most_block < self->least_block + self->least_block / 2;
}

static mic_health_verdict judge(const mic_health *self) {
  if (self->least == self->most) return MIC_HEALTH_STILL;
  return is_noise(self) ? MIC_HEALTH_NOISE : MIC_HEALTH_FINE;
}

/* Returns what is to be told now. */
static mic_health_verdict end_second(mic_health *self) {
  const mic_health_verdict verdict = judge(self);
  self->seconds = verdict == self->verdict ? self->seconds + 1 : 1;
  self->verdict = verdict;
  begin_second(self);
  return self->seconds == MIC_HEALTH_SECONDS ? verdict : MIC_HEALTH_FINE;
}

static void add(mic_health *self, int32_t sample) {
  if (self->count == 0 || sample < self->least) self->least = sample;
  if (self->count == 0 || sample > self->most) self->most = sample;
  const int64_t square = (int64_t)sample * sample;
  self->sum += sample;
  self->squares += square;
  self->block_squares += square;
  self->products += (int64_t)sample * self->previous;
  self->previous = sample;
  self->count++;
}

mic_health_verdict mic_health_hear(mic_health *self, const int16_t *samples, size_t count) {
  mic_health_verdict told = MIC_HEALTH_FINE;
  for (size_t i = 0; i < count; i++) {
    add(self, samples[i]);
    if (self->count % BLOCK_SAMPLES == 0) end_block(self);
    if (self->count < SECOND_SAMPLES) continue;
    const mic_health_verdict verdict = end_second(self);
    if (verdict != MIC_HEALTH_FINE) told = verdict;
  }
  return told;
}

const char *mic_health_text(mic_health_verdict verdict) {
  switch (verdict) {
  case MIC_HEALTH_FINE:
    break;
  case MIC_HEALTH_STILL:
    return "the microphone gives the same value all the time: is it connected, and does it have power?";
  case MIC_HEALTH_NOISE:
    return "the microphone gives nothing but noise: is its data line connected?";
  }
  return NULL;
}
