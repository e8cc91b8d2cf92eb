#include "features.h"

#include <string.h>

#include "steps.h"

struct features {
  int16_t window[FEATURES_WINDOW_SAMPLES];
  size_t window_used;
  uint32_t noise[FEATURES_CHANNELS];
  uint32_t channels[FEATURES_CHANNELS];
  uint32_t energy[FEATURES_POINTS];
  int shift; /* of the energy's window */
  int8_t bands[FEATURES_CHANNELS];
  features_scratch scratch;
};

size_t features_bytes(void) {
  return sizeof(features);
}

void features_reset(features *self) {
  memset(self, 0, sizeof(*self));
  memset(self->bands, FEATURES_BANDS_SILENCE, sizeof(self->bands));
}

static void take_frame(features *self, uint16_t frame[FEATURES_CHANNELS]) {
  self->shift = features_take_window(self->window, &self->scratch.a);
  features_take_energy(&self->scratch, self->energy);
  uint64_t sums[FEATURES_CHANNELS];
  features_take_sums(self->energy, sums);
  features_take_half_decibels(sums, self->shift, self->bands);
  features_take_channels(sums, self->shift, self->channels);
  features_reduce_noise(self->noise, self->channels);
  features_apply_gain(self->noise, self->channels);
  features_take_logarithm(self->channels, frame);
}

size_t features_push(features *self, const int16_t *samples, size_t count, uint16_t frame[FEATURES_CHANNELS],
                     int *ready) {
  size_t wanted = FEATURES_WINDOW_SAMPLES - self->window_used;
  size_t taken = count < wanted ? count : wanted;
  *ready = 0;
  if (taken == 0) return 0;
  memcpy(self->window + self->window_used, samples, taken * sizeof(*samples));
  self->window_used += taken;
  if (self->window_used == FEATURES_WINDOW_SAMPLES) {
    take_frame(self, frame);
    *ready = 1;
    self->window_used -= FEATURES_HOP_SAMPLES;
    memmove(self->window, self->window + FEATURES_HOP_SAMPLES, self->window_used * sizeof(*self->window));
  }
  return taken;
}

void features_take_mel(const features *self, int8_t mel[FEATURES_MEL_BANDS]) {
  features_take_mel_bands(self->energy, self->shift, mel);
}

void features_take_bands(const features *self, int8_t bands[FEATURES_CHANNELS]) {
  memcpy(bands, self->bands, sizeof(self->bands));
}
