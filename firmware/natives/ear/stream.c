#include "stream.h"

#include <string.h>

int stream_init(stream *self, model *net) {
  if (model_input_count(net) != 1 || model_output_count(net) != 1) return 0;
  self->net = net;
  self->input = model_input(net, 0);
  self->output = model_output(net, 0);
  self->collected_frames = 0;
  const model_tensor *input = &self->input;
  if (input->type != MODEL_INT8 || input->rank != 3 || input->shape[0] != 1) return 0;
  if (input->shape[1] < 1 || input->shape[2] != FEATURES_CHANNELS || !(input->scale > 0.0f)) return 0;
  self->stride_frames = input->shape[1];
  quantizer_init(&self->quantizer, input);
  return 1;
}

void stream_reset(stream *self) {
  self->collected_frames = 0;
  memset(self->input.data, 0, (size_t)self->input.byte_length); /* nothing of what was heard stays behind */
  model_reset(self->net);
}

int stream_frame(stream *self, const uint16_t frame[FEATURES_CHANNELS]) {
  int8_t quantized[FEATURES_CHANNELS];
  quantizer_apply(&self->quantizer, frame, FEATURES_CHANNELS, quantized);
  return stream_input(self, quantized);
}

int stream_input(stream *self, const int8_t frame[FEATURES_CHANNELS]) {
  memcpy((int8_t *)self->input.data + self->collected_frames * FEATURES_CHANNELS, frame, FEATURES_CHANNELS);
  if (++self->collected_frames < self->stride_frames) return 0;
  self->collected_frames = 0;
  model_invoke(self->net);
  return 1;
}
