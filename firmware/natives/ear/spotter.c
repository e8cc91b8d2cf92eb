#include "spotter.h"

#define PROBABILITY_ONE 256 /* wake models give probabilities in 256ths */

int spotter_init(spotter *self, model *net) {
  if (!stream_init(&self->stream, net)) return 0;
  const model_tensor *output = &self->stream.output;
  if (output->byte_length != 1 || (output->type != MODEL_UINT8 && output->type != MODEL_INT8)) return 0;
  spotter_reset(self);
  return 1;
}

void spotter_begin_anew(spotter *self) {
  self->next = 0;
  self->filled = 0;
}

void spotter_reset(spotter *self) {
  stream_reset(&self->stream);
  self->heard_frames = 0;
  spotter_begin_anew(self);
}

static uint8_t probability(const stream *stream) {
  const uint8_t byte = *(const uint8_t *)stream->output.data;
  return stream->output.type == MODEL_INT8 ? (uint8_t)(byte ^ 0x80) : byte;
}

int spotter_frame(spotter *self, const uint16_t frame[FEATURES_CHANNELS]) {
  if (self->heard_frames < SPOTTER_WARM_UP_FRAMES) self->heard_frames++;
  if (!stream_frame(&self->stream, frame) || self->heard_frames < SPOTTER_WARM_UP_FRAMES) return 0;
  self->probabilities[self->next] = probability(&self->stream);
  self->next = (self->next + 1) % SPOTTER_MAX_WINDOW;
  if (self->filled < SPOTTER_MAX_WINDOW) self->filled++;
  return 1;
}

int spotter_mean(const spotter *self, int window) {
  if (self->filled < window) return 0;
  int sum = 0;
  for (int back = 1; back <= window; back++) {
    sum += self->probabilities[(self->next + SPOTTER_MAX_WINDOW - back) % SPOTTER_MAX_WINDOW];
  }
  return sum * (65536 / PROBABILITY_ONE) / window;
}
