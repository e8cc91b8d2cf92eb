#include "word_verifier.h"

#include <string.h>

#define MAX_SCALE 8.0f /* nats */
#define NAT 256
#define FRACTION_ONE 65536

static int takes_rows(const model_tensor *input, const model_tensor *rows) {
  const int is_shaped = input->rank == 3 && input->shape[0] == 1 && input->shape[1] >= 1 &&
                        input->shape[1] <= EMBEDDING_MAX_ROWS && input->shape[2] == EMBEDDING_NUMBERS;
  return is_shaped && input->type == MODEL_INT8 && input->scale == rows->scale &&
         input->zero_point == rows->zero_point;
}

static int gives_logit(const model_tensor *output) {
  return output->type == MODEL_INT8 && output->byte_length == 1 && output->scale > 0.0f &&
         output->scale <= MAX_SCALE;
}

int word_verifier_init(word_verifier *self, model *net, const embedding *heard) {
  memset(self, 0, sizeof *self);
  if (model_input_count(net) != 1 || model_output_count(net) != 1) return 0;
  self->input = model_input(net, 0);
  self->output = model_output(net, 0);
  if (!takes_rows(&self->input, &heard->output) || !gives_logit(&self->output)) return 0;
  self->net = net;
  self->row_count = self->input.shape[1];
  /* by a power of two: exact however floats are computed */
  self->logit_of_one = (int32_t)(self->output.scale * (float)(NAT * FRACTION_ONE));
  word_verifier_reset(self);
  return 1;
}

void word_verifier_reset(word_verifier *self) {
  if (!self->net) return;
  memset(self->input.data, 0, (size_t)self->input.byte_length);
  memset(self->output.data, 0, (size_t)self->output.byte_length);
  model_reset(self->net);
}

int32_t word_verifier_logit(word_verifier *self, const embedding *heard) {
  embedding_latest(heard, self->row_count, self->input.data);
  model_invoke(self->net);
  const int32_t steps = *(const int8_t *)self->output.data - self->output.zero_point;
  const int64_t logit = (int64_t)steps * self->logit_of_one / FRACTION_ONE;
  if (logit > WORD_VERIFIER_MAX_LOGIT) return WORD_VERIFIER_MAX_LOGIT;
  return logit < -WORD_VERIFIER_MAX_LOGIT ? -WORD_VERIFIER_MAX_LOGIT : (int32_t)logit;
}
