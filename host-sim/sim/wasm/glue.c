/* What JavaScript needs beside the natives' own functions, so that it knows no C struct's layout and no
 * constant. */
#include "../../../firmware/natives/ear/ear.h"

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

decoder_status decoder_glue_load(decoder *self, const uint8_t *graph, size_t byte_length) {
  return decoder_load(self, graph, byte_length, &last_decoder_error);
}

const char *decoder_glue_detail(void) {
  return last_decoder_error.detail;
}

/* decoder_set_judge with the judge's numbers one by one. */
int decoder_glue_set_judge(decoder *self, int32_t allowed, int32_t worst, int32_t accepted, int32_t careful,
                           int32_t doubted, int32_t anything) {
  const decoder_judge judge = {allowed, worst, accepted, careful, doubted, anything};
  return decoder_set_judge(self, &judge);
}

/* The words of the hearing that is being put together. */
static ear_wake_word words[EAR_MAX_WAKE_WORDS];
static ear_error last_ear_error;

/* `points` are those of all sensitivities, from the lowest on, number by number. Everything must stay where it is until
 * ear_glue_configure_wake_words. */
void ear_glue_put_wake_word(int index, const char *name, model *net, const ear_point *points,
                            const uint8_t *pronunciations, size_t pronunciations_bytes,
                            model *word_verifier) {
  ear_wake_word word = {name, net, {{0}}, pronunciations, pronunciations_bytes, word_verifier};
  for (int i = 0; i < EAR_SENSITIVITIES; i++) word.points[i] = points[i];
  if (index >= 0 && index < EAR_MAX_WAKE_WORDS)
    words[index] = word; /* more are refused when they are counted */
}

ear_status ear_glue_configure_wake_words(ear *self, int count, model *embedding) {
  const ear_wake_words given = {words, count, embedding};
  const ear_hearing hearing = {&given, NULL};
  return ear_configure(self, &hearing, &last_ear_error);
}

ear_status ear_glue_configure_commands(ear *self, model *phones, decoder *commands, float blank_penalty_nats,
                                       int look_ahead_ms, ear_phone_features features) {
  const ear_commands given = {phones, commands, blank_penalty_nats, look_ahead_ms, features};
  const ear_hearing hearing = {NULL, &given};
  return ear_configure(self, &hearing, &last_ear_error);
}

const char *ear_glue_detail(void) {
  return last_ear_error.detail;
}

size_t ear_glue_event_bytes(void) {
  return EAR_EVENT_BYTES;
}
