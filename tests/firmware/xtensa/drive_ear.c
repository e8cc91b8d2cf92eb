/* What the ear is made of: features, the networks behind their quantizer and spotter, the decoder. */
#include <string.h>

#include "../../../firmware/natives/decoder/decoder.h"
#include "../../../firmware/natives/ear/phone_input.h"
#include "../../../firmware/natives/ear/spotter.h"
#include "../../../firmware/natives/features/features.h"
#include "harness.h"
#include "machine.h"

/* Writes what is to be told of the frame that the front end has completed. */
typedef void (*teller)(const features *front_end, const uint16_t frame[FEATURES_CHANNELS]);

static void tell_frame(const features *front_end, const uint16_t frame[FEATURES_CHANNELS]) {
  (void)front_end;
  machine_write(frame, FEATURES_CHANNELS * sizeof *frame);
}

static void tell_mel(const features *front_end, const uint16_t frame[FEATURES_CHANNELS]) {
  (void)frame;
  int8_t mel[FEATURES_MEL_BANDS];
  features_take_mel(front_end, mel);
  machine_write(mel, sizeof mel);
}

static phone_level level;

static void tell_plain(const features *front_end, const uint16_t frame[FEATURES_CHANNELS]) {
  (void)frame;
  int8_t bands[FEATURES_CHANNELS], input[FEATURES_CHANNELS];
  features_take_bands(front_end, bands);
  phone_level_follow(&level, bands);
  phone_level_apply(&level, bands, input);
  machine_write(input, sizeof input);
}

/* Samples in; what is told of each 10 ms out. */
static void hear(job *job, teller tell) {
  features *front_end = harness_memory(features_bytes());
  size_t byte_length;
  const int16_t *samples = job_string(job, &byte_length);
  features_reset(front_end);
  for (size_t left = byte_length / 2; left >= FEATURES_HOP_SAMPLES; left -= FEATURES_HOP_SAMPLES) {
    uint16_t frame[FEATURES_CHANNELS];
    int ready;
    features_push(front_end, samples, FEATURES_HOP_SAMPLES, frame, &ready);
    samples += FEATURES_HOP_SAMPLES;
    if (ready) tell(front_end, frame);
  }
}

void drive_features(job *job) {
  hear(job, tell_frame);
}

void drive_mel(job *job) {
  hear(job, tell_mel);
}

/* Plain channels, at the level that is held. */
void drive_plain(job *job) {
  phone_level_reset(&level);
  hear(job, tell_plain);
}

model *harness_model(job *job) {
  size_t byte_length;
  const uint8_t *file = job_string(job, &byte_length);
  model *net = NULL;
  void *arena = NULL;
  model_error error = {MODEL_OK, 0, ""};
  for (int tries = 0; tries < 4; tries++) {
    const size_t arena_bytes = error.arena_bytes_needed;
    arena = harness_memory(arena_bytes);
    if (model_open(file, byte_length, arena, arena_bytes, &net, &error) == MODEL_OK) return net;
  }
  harness_fail(error.detail);
}

/* A wake model, a window and frames in; after each frame the mean over the window and the last probability out. */
void drive_wake_word(job *job) {
  spotter *word = harness_memory(sizeof *word);
  if (!spotter_init(word, harness_model(job))) harness_fail("not a wake model");
  const int window = (int)job_number(job);
  size_t byte_length;
  const uint16_t *frames = job_string(job, &byte_length);
  spotter_reset(word);
  for (size_t i = 0; i < byte_length / 2 / FEATURES_CHANNELS; i++) {
    spotter_frame(word, frames + i * FEATURES_CHANNELS);
    const int32_t mean = spotter_mean(word, window);
    uint8_t line[5];
    memcpy(line, &mean, sizeof mean);
    line[4] = *(const uint8_t *)word->stream.output.data;
    machine_write(line, sizeof line);
  }
}

static stream phones;
static phone_input phones_input;

static void tell_logits(const features *front_end, const uint16_t frame[FEATURES_CHANNELS]) {
  int8_t kept[FEATURES_CHANNELS], heard[FEATURES_CHANNELS];
  phone_input_keep(&phones_input, &phones, front_end, frame, kept);
  phone_input_hear(&phones_input, kept, heard);
  if (stream_input(&phones, heard)) machine_write(phones.output.data, (size_t)phones.output.byte_length);
}

/* A phone model, what it hears, and samples in; its logits out, as they come. */
void drive_phones(job *job) {
  if (!stream_init(&phones, harness_model(job))) harness_fail("not a streaming model");
  phone_input_init(&phones_input, (ear_phone_features)job_number(job));
  if (!phone_input_fits(&phones_input, &phones.input)) harness_fail("another kind of features");
  stream_reset(&phones);
  hear(job, tell_logits);
}

static void write_tokens(decoder *commands) {
  const int count = decoder_token_count(commands);
  for (int i = 0; i < count; i++) {
    const char *token = decoder_token(commands, i);
    machine_write(token, strlen(token) + 1);
  }
}

/* A graph, the logit scale and blank penalty in millionths, and rows of logits in; each row's state, tokens, loss and
 * confidence out, and what was understood. */
void drive_decoder(job *job) {
  decoder *commands = harness_memory(decoder_bytes());
  decoder_error error;
  size_t graph_bytes, byte_length;
  const uint8_t *graph = job_string(job, &graph_bytes);
  if (decoder_load(commands, graph, graph_bytes, &error) != DECODER_OK) harness_fail(error.detail);
  const float scale = (float)(int32_t)job_number(job) / 1000000.0f;
  const float penalty = (float)(int32_t)job_number(job) / 1000000.0f;
  if (!decoder_set_logit_scale(commands, scale, penalty)) harness_fail("a scale out of range");
  const int8_t *rows = job_string(job, &byte_length);
  decoder_start(commands);
  for (size_t at = 0; at + DECODER_CLASSES <= byte_length; at += DECODER_CLASSES) {
    const decoder_state state = decoder_step(commands, rows + at);
    const int32_t line[4] = {(int32_t)state, decoder_token_count(commands), decoder_loss(commands),
                             decoder_confidence(commands)};
    machine_write(line, sizeof line);
    if (state == DECODER_SEARCHING) continue;
    write_tokens(commands);
    decoder_start(commands);
  }
}
