#include "embedding.h"

#include <string.h>

/* features_take_mel's */
#define MEL_SCALE 0.0625f
#define MEL_ZERO_POINT (-128)

static int takes_mel(const model_tensor *input) {
  const int is_shaped = input->rank == 4 && input->shape[0] == 1 &&
                        input->shape[1] == EMBEDDING_STRIDE_FRAMES && input->shape[2] == FEATURES_MEL_BANDS &&
                        input->shape[3] == 1;
  return is_shaped && input->type == MODEL_INT8 && input->scale == MEL_SCALE &&
         input->zero_point == MEL_ZERO_POINT;
}

int embedding_init(embedding *self, model *net) {
  memset(self, 0, sizeof *self);
  if (model_input_count(net) != 1 || model_output_count(net) != 1) return 0;
  self->input = model_input(net, 0);
  self->output = model_output(net, 0);
  if (!takes_mel(&self->input)) return 0;
  if (self->output.type != MODEL_INT8 || self->output.byte_length != EMBEDDING_NUMBERS) return 0;
  self->net = net;
  embedding_reset(self);
  return 1;
}

void embedding_reset(embedding *self) {
  self->collected_frames = 0;
  self->next = 0;
  self->is_fresh = 1;
  memset(self->rows, 0, sizeof self->rows);
  memset(self->input.data, 0, (size_t)self->input.byte_length); /* nothing of what was heard stays behind */
  memset(self->output.data, 0, (size_t)self->output.byte_length);
  model_reset(self->net);
}

static void keep(embedding *self) {
  const int count = self->is_fresh ? EMBEDDING_MAX_ROWS : 1;
  for (int i = 0; i < count; i++) {
    memcpy(self->rows[self->next], self->output.data, EMBEDDING_NUMBERS);
    self->next = (self->next + 1) % EMBEDDING_MAX_ROWS;
  }
  self->is_fresh = 0;
}

int embedding_frame(embedding *self, const int8_t mel[FEATURES_MEL_BANDS]) {
  int8_t *input = self->input.data;
  memcpy(input + self->collected_frames * FEATURES_MEL_BANDS, mel, FEATURES_MEL_BANDS);
  if (++self->collected_frames < EMBEDDING_STRIDE_FRAMES) return 0;
  self->collected_frames = 0;
  model_invoke(self->net);
  keep(self);
  return 1;
}

void embedding_latest(const embedding *self, int count, int8_t *rows) {
  for (int back = count; back > 0; back--) {
    const int index = (self->next + EMBEDDING_MAX_ROWS - back) % EMBEDDING_MAX_ROWS;
    memcpy(rows, self->rows[index], EMBEDDING_NUMBERS);
    rows += EMBEDDING_NUMBERS;
  }
}

uint32_t embedding_begin(embedding *self, const past *heard, int count) {
  const int strides_before = (EMBEDDING_REACH_FRAMES - 1) / EMBEDDING_STRIDE_FRAMES;
  const uint32_t wanted = (uint32_t)((strides_before + count) * EMBEDDING_STRIDE_FRAMES);
  const uint32_t kept = heard->mel_count - heard->mel_count % EMBEDDING_STRIDE_FRAMES;
  const uint32_t frames = wanted < kept ? wanted : kept;
  embedding_reset(self);
  return frames;
}
