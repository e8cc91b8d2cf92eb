/* For scoring and for the page: every row of the phone model, as the ear would have it that hears from now on. */
#include "../../../firmware/natives/decoder/decoder.h"
#include "../../../firmware/natives/ear/phone_input.h"

typedef struct {
  features *front_end;
  stream stream;
  phone_input input;
} phones_glue;

size_t phones_glue_bytes(void) {
  return sizeof(phones_glue);
}

void phones_glue_reset(phones_glue *self) {
  features_reset(self->front_end);
  phone_input_reset(&self->input);
  stream_reset(&self->stream);
}

/* 0 when the model is no phone model of these features. */
int phones_glue_init(phones_glue *self, features *front_end, model *net, ear_phone_features heard) {
  self->front_end = front_end;
  if (!stream_init(&self->stream, net)) return 0;
  if (self->stream.output.type != MODEL_INT8) return 0;
  if (self->stream.output.byte_length % DECODER_CLASSES != 0) return 0;
  phone_input_init(&self->input, heard);
  phones_glue_reset(self);
  return phone_input_fits(&self->input, &self->stream.input);
}

static uint8_t likeliest(const int8_t *logits) {
  int best = 0;
  for (int i = 1; i < DECODER_CLASSES; i++)
    if (logits[i] > logits[best]) best = i;
  return (uint8_t)best;
}

/* Hears samples; writes the likeliest class of each row that they complete, and returns how many. */
size_t phones_glue_hear(phones_glue *self, const int16_t *samples, size_t count, uint8_t *classes) {
  size_t rows = 0;
  while (count > 0) {
    uint16_t frame[FEATURES_CHANNELS];
    int8_t kept[FEATURES_CHANNELS], heard[FEATURES_CHANNELS];
    int ready;
    const size_t taken = features_push(self->front_end, samples, count, frame, &ready);
    samples += taken;
    count -= taken;
    if (!ready) continue;
    phone_input_keep(&self->input, &self->stream, self->front_end, frame, kept);
    phone_input_hear(&self->input, kept, heard);
    if (!stream_input(&self->stream, heard)) continue;
    const int8_t *logits = self->stream.output.data;
    for (int at = 0; at < self->stream.output.byte_length; at += DECODER_CLASSES)
      classes[rows++] = likeliest(logits + at);
  }
  return rows;
}

/* The logits of the newest rows, DECODER_CLASSES bytes a row, the oldest first. */
const int8_t *phones_glue_logits(const phones_glue *self) {
  return self->stream.output.data;
}

/* Nats for a step of the logits. */
float phones_glue_logit_scale(const phones_glue *self) {
  return self->stream.output.scale;
}
