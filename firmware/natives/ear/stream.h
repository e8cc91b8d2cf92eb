/* One streaming model fed frame by frame: collects the frames of a stride, then runs. */
#ifndef EARSHOT_STREAM_H
#define EARSHOT_STREAM_H

#include "../features/features.h"
#include "../model/model.h"
#include "quantizer.h"

typedef struct {
  model *net;
  model_tensor input;
  model_tensor output;
  int stride_frames;
  int collected_frames;
  quantizer quantizer;
} stream;

/* 0 when the model's input is not int8 [1, stride, 40] with a sane scale, or it has not one input and output.
 */
int stream_init(stream *self, model *net);

/* Forgets collected frames and the model's state. */
void stream_reset(stream *self);

/* Returns 1 when this frame completed a stride and the output holds a new result. */
int stream_frame(stream *self, const uint16_t frame[FEATURES_CHANNELS]);

/* The same for a frame as the input takes it. */
int stream_input(stream *self, const int8_t frame[FEATURES_CHANNELS]);

#endif
