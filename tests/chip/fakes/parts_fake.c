/* Models, decoder and features that are given to the pretended ear and never used: every file that begins with `ok` is
 * a model of 100 bytes of arena. */
#include <stdio.h>
#include <string.h>

#include "../../../firmware/natives/ear/ear.h"

size_t features_bytes(void) {
  return 64;
}

size_t decoder_bytes(void) {
  return 200000;
}

decoder_status decoder_load(decoder *self, const uint8_t *network, size_t byte_length, decoder_error *error) {
  (void)self;
  if (byte_length >= 2 && memcmp(network, "ok", 2) == 0) return DECODER_OK;
  snprintf(error->detail, sizeof error->detail, "not a network");
  return DECODER_NOT_A_NETWORK;
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

const char *ear_status_text(ear_status status) {
  return status == EAR_OK ? "fine" : "refused";
}

ear_status ear_add_wake_word(ear *self, const char *name, model *net, int cutoff, int window) {
  (void)self;
  (void)net;
  return strcmp(name, "jarvis") == 0 && cutoff == 32768 && window == 5 ? EAR_OK : EAR_BAD_WAKE_WORD;
}

ear_status ear_set_point(ear *self, int wake_word, ear_sensitivity sensitivity, const ear_point *point) {
  (void)self;
  const int is_right = wake_word == 0 && sensitivity == EAR_HIGH_SENSITIVITY && point->cutoff == 16384 &&
                       point->window == 3 && point->look_cutoff == 8192 && point->look_loss == 384 &&
                       point->unsure_loss == 896;
  return is_right ? EAR_OK : EAR_NO_SUCH_WAKE_WORD;
}

ear_status ear_set_pronunciations(ear *self, int wake_word, const uint8_t *pronunciations,
                                  size_t byte_length) {
  (void)self;
  return wake_word == 0 && byte_length == 3 && pronunciations[0] == 1 ? EAR_OK : EAR_BAD_PRONUNCIATIONS;
}

ear_status ear_set_embedding(ear *self, model *net) {
  (void)self;
  return net ? EAR_OK : EAR_BAD_EMBEDDING;
}

ear_status ear_set_verifier(ear *self, int wake_word, model *net) {
  (void)self;
  return wake_word == 0 && net ? EAR_OK : EAR_NO_EMBEDDING;
}

ear_status ear_set_commands(ear *self, model *phones, decoder *commands, float blank_penalty,
                            int look_ahead_ms, ear_phone_features heard) {
  (void)self;
  return phones && commands && blank_penalty == 2.0f && look_ahead_ms == 180 && heard == EAR_PLAIN
             ? EAR_OK
             : EAR_BAD_LOGITS;
}

int ear_sensitivity_of_name(const char *name) {
  return strcmp(name, "high") == 0 ? EAR_HIGH_SENSITIVITY : -1;
}

int ear_phone_features_of_name(const char *name) {
  return strcmp(name, "plain") == 0 ? EAR_PLAIN : -1;
}

int ear_guard_of_name(const char *name) {
  return strcmp(name, "guarded") == 0 ? EAR_GUARDED : -1;
}
