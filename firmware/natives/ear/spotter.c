#include "spotter.h"

#define PROBABILITY_ONE 256 /* wake models give probabilities in 256ths */

int spotter_accepts(int cutoff, int window) {
  return cutoff >= 0 && cutoff <= 65536 && window >= 1 && window <= SPOTTER_MAX_WINDOW;
}

int spotter_init(spotter *self, model *net, int cutoff, int window) {
  if (!stream_init(&self->stream, net)) return 0;
  const model_tensor *output = &self->stream.output;
  if (output->byte_length != 1 || (output->type != MODEL_UINT8 && output->type != MODEL_INT8)) return 0;
  self->cutoff = cutoff;
  self->window = window;
  self->refractory_frames = 0;
  spotter_reset(self);
  return 1;
}

static void clear_window(spotter *self) {
  self->next = 0;
  self->filled = 0;
  self->sum = 0;
}

void spotter_reset(spotter *self) {
  stream_reset(&self->stream);
  clear_window(self);
  self->refractory_frames = 0;
}

static uint8_t probability(const stream *stream) {
  const uint8_t byte = *(const uint8_t *)stream->output.data;
  return stream->output.type == MODEL_INT8 ? (uint8_t)(byte ^ 0x80) : byte;
}

static void slide(spotter *self, uint8_t latest) {
  if (self->filled == self->window) {
    self->sum -= self->probabilities[self->next];
  } else {
    self->filled++;
  }
  self->probabilities[self->next] = latest;
  self->sum += latest;
  self->next = (self->next + 1) % self->window;
}

int spotter_frame(spotter *self, const uint16_t frame[FEATURES_CHANNELS]) {
  if (self->refractory_frames > 0) self->refractory_frames--;
  if (!stream_frame(&self->stream, frame)) return -1;
  slide(self, probability(&self->stream));
  if (self->refractory_frames > 0 || self->filled < self->window) return -1;
  if (self->sum * (65536 / PROBABILITY_ONE) <= self->cutoff * self->window) return -1;
  const int permille = self->sum * 1000 / (PROBABILITY_ONE * self->window);
  self->refractory_frames = SPOTTER_REFRACTORY_FRAMES;
  clear_window(self);
  return permille;
}
