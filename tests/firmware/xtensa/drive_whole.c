/* The ear as a whole: samples in, events out, as on the chip. What the core would decide is done here: after a wake
 * word it listens from where the word ended. */
#include <string.h>

#include "../../../firmware/natives/ear/ear.h"
#include "harness.h"
#include "machine.h"

#define EVENTS_BYTES (4 * EAR_EVENT_BYTES)

static const char woke[] = "{\"type\":\"wakeWordHeard\"";
static const char end_sample[] = "\"endSample\":";

static void configure(ear *self, const ear_hearing *hearing) {
  ear_error error;
  if (ear_configure(self, hearing, &error) != EAR_OK) harness_fail(error.detail);
}

/* A model, cutoff, window, cutoff and losses of the second look, pronunciations, an embedding and a word verifier. */
static void add_wake_word(ear *self, job *job) {
  ear_wake_word word = {"word", harness_model(job), {{0}}, NULL, 0, NULL};
  ear_point point;
  point.cutoff = (int32_t)job_number(job);
  point.window = (int32_t)job_number(job);
  point.look_cutoff = (int32_t)job_number(job);
  point.look_loss = (int32_t)job_number(job);
  point.unsure_loss = (int32_t)job_number(job);
  for (int i = 0; i < EAR_SENSITIVITIES; i++) word.points[i] = point;
  word.pronunciations = job_string(job, &word.pronunciations_bytes);
  const ear_wake_words words = {&word, 1, harness_model(job)};
  word.word_verifier = harness_model(job);
  configure(self, &(ear_hearing){&words, NULL});
}

/* A phone model, its blank penalty in millionths, its look-ahead in ms, its features and a graph. */
static void add_commands(ear *self, job *job) {
  ear_commands commands = {harness_model(job), harness_memory(decoder_bytes()), 0, 0, EAR_NOISE_REDUCED};
  decoder_error error;
  commands.blank_penalty_nats = (float)(int32_t)job_number(job) / 1000000.0f;
  commands.look_ahead_ms = (int)job_number(job);
  commands.features = (ear_phone_features)job_number(job);
  size_t graph_bytes;
  const uint8_t *graph = job_string(job, &graph_bytes);
  if (decoder_load(commands.decoder, graph, graph_bytes, &error) != DECODER_OK) harness_fail(error.detail);
  configure(self, &(ear_hearing){NULL, &commands});
}

/* The number behind `key` in a JSON text, or -1. */
static double number_of(const char *text, const char *key, size_t key_length) {
  for (; *text; text++) {
    if (*text != *key || memcmp(text, key, key_length) != 0) continue;
    double number = 0;
    for (text += key_length; *text >= '0' && *text <= '9'; text++) number = number * 10 + (*text - '0');
    return number;
  }
  return -1;
}

static size_t take_events(ear *self, char *texts, double heard) {
  size_t used = 0;
  while (used + EAR_EVENT_BYTES + 1 <= EVENTS_BYTES) {
    const size_t length = ear_take_event(self, texts + used);
    if (length == 0) return used;
    if (memcmp(texts + used, woke, sizeof woke - 1) == 0) {
      const double since = number_of(texts + used, end_sample, sizeof end_sample - 1);
      ear_listen(self, since < 0 ? heard : since);
    }
    used += length;
    texts[used++] = '\n';
  }
  return used;
}

void drive_whole(job *job) {
  features *front_end = harness_memory(features_bytes());
  ear *self = harness_memory(ear_bytes());
  char *texts = harness_memory(EVENTS_BYTES);
  ear_init(self, front_end);
  add_wake_word(self, job);
  add_commands(self, job);
  size_t byte_length;
  const int16_t *samples = job_string(job, &byte_length);
  const size_t hops = byte_length / 2 / FEATURES_HOP_SAMPLES;
  for (size_t hop = 0; hop < hops; hop++) {
    ear_hear(self, samples + hop * FEATURES_HOP_SAMPLES, FEATURES_HOP_SAMPLES);
    machine_write(texts, take_events(self, texts, (double)((hop + 1) * FEATURES_HOP_SAMPLES)));
  }
}
