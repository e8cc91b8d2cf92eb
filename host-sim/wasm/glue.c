/* What JavaScript needs beside the natives' own functions, so that it knows no C struct's layout and no
 * constant. */
#include "../../firmware/natives/ear/ear.h"

static model_error last_model_error;
static decoder_error last_decoder_error;

/* NULL on failure; model_glue_detail and model_glue_bytes_needed then say why. */
model *model_glue_open(const uint8_t *file, size_t file_bytes, void *arena, size_t arena_bytes) {
  model *opened = NULL;
  model_open(file, file_bytes, arena, arena_bytes, &opened, &last_model_error);
  return opened;
}

const char *model_glue_detail(void) {
  return last_model_error.detail;
}

size_t model_glue_bytes_needed(void) {
  return last_model_error.arena_bytes_needed;
}

int model_glue_input_bytes(const model *self) {
  return model_input(self, 0).byte_length;
}

void *model_glue_output_data(const model *self) {
  return model_output(self, 0).data;
}

decoder_status decoder_glue_load(decoder *self, const uint8_t *network, size_t byte_length) {
  return decoder_load(self, network, byte_length, &last_decoder_error);
}

const char *decoder_glue_detail(void) {
  return last_decoder_error.detail;
}

/* decoder_set_judge with the judge's numbers one by one. */
int decoder_glue_set_judge(decoder *self, int32_t allowed, int32_t worst, int32_t accepted, int32_t careful,
                           int32_t anything) {
  const decoder_judge judge = {allowed, worst, accepted, careful, anything};
  return decoder_set_judge(self, &judge);
}

/* ear_set_point with the point's numbers one by one. */
ear_status ear_glue_set_point(ear *self, int wake_word, int sensitivity, int cutoff, int window,
                              int look_cutoff, int32_t look_loss, int32_t unsure_loss) {
  const ear_point point = {cutoff, window, look_cutoff, look_loss, unsure_loss};
  return ear_set_point(self, wake_word, (ear_sensitivity)sensitivity, &point);
}

size_t ear_glue_event_bytes(void) {
  return EAR_EVENT_BYTES;
}
