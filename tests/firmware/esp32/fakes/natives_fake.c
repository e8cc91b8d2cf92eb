/* Models, decoder and features that are given to the pretended ear and never used: every file that begins with `ok` is
 * a model of 100 bytes of arena. */
#include <stdio.h>
#include <string.h>

#include "../../../../firmware/natives/ear/ear.h"

size_t features_bytes(void) {
  return 64;
}

size_t decoder_bytes(void) {
  return 200000;
}

decoder_status decoder_load(decoder *self, const uint8_t *graph, size_t byte_length, decoder_error *error) {
  (void)self;
  if (byte_length >= 2 && memcmp(graph, "ok", 2) == 0) return DECODER_OK;
  snprintf(error->detail, sizeof error->detail, "not a graph");
  return DECODER_NOT_A_GRAPH;
}

model_status model_open(const uint8_t *file, size_t file_bytes, void *arena, size_t arena_bytes, model **out,
                        model_error *error) {
  memset(error, 0, sizeof *error);
  const int is_model = file_bytes >= 2 && memcmp(file, "ok", 2) == 0;
  if (!is_model) snprintf(error->detail, sizeof error->detail, "not a model");
  error->arena_bytes_needed = is_model && arena_bytes < 100 ? 100 : 0;
  *out = arena;
  if (!is_model) return MODEL_NOT_A_MODEL;
  return error->arena_bytes_needed ? MODEL_ARENA_TOO_SMALL : MODEL_OK;
}

int model_has_operator(int operator_code) {
  return operator_code != 200;
}

static int is_right_word(const ear_wake_words *given) {
  const ear_wake_word *word = given->words;
  const ear_point *high = &word->points[EAR_HIGH_SENSITIVITY];
  return given->count == 1 && strcmp(word->name, "jarvis") == 0 && word->net && high->cutoff == 16384 &&
         high->window == 3 && high->look_cutoff == 8192 && high->look_loss == 384 &&
         high->unsure_loss == 896 && word->pronunciations_bytes == 3 && word->pronunciations[0] == 1 &&
         (!word->word_verifier || given->embedding);
}

static int is_right(const ear_hearing *hearing) {
  const ear_commands *commands = hearing->commands;
  if (hearing->wake_words && hearing->wake_words->count > 0 && !is_right_word(hearing->wake_words)) return 0;
  if (!commands || (!commands->phones && !commands->decoder)) return 1;
  return commands->phones && commands->decoder && commands->blank_penalty_nats == 2.0f &&
         commands->look_ahead_ms == 180 && commands->features == EAR_PLAIN;
}

/* What a test gives is right, or is refused. */
ear_status ear_configure(ear *self, const ear_hearing *hearing, ear_error *error) {
  (void)self;
  error->status = is_right(hearing) ? EAR_OK : EAR_BAD_NAME;
  snprintf(error->detail, sizeof error->detail, "%s", is_right(hearing) ? "" : "refused");
  return error->status;
}

int ear_sensitivity_of_name(const char *name) {
  return strcmp(name, "high") == 0 ? EAR_HIGH_SENSITIVITY : -1;
}

int ear_guard_of_name(const char *name) {
  return strcmp(name, "guarded") == 0 ? EAR_GUARDED : -1;
}
