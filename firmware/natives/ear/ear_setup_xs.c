#include "ear_setup_xs.h"

#include <string.h>

void ear_setup_need_arguments(xsMachine *the, int count) {
  if (xsmcArgc < count) xsTypeError("%d arguments are needed", count);
}

const uint8_t *ear_setup_resource(xsMachine *the, xsSlot *slot, size_t *byte_length) {
  void *bytes;
  xsUnsignedValue length;
  if (xsmcGetBufferReadable(*slot, &bytes, &length) != xsBufferNonrelocatable)
    xsTypeError("models, networks and clips must be resources, which never move");
  *byte_length = length;
  return bytes;
}

int ear_setup_named(xsMachine *the, int argument, int (*number_of_name)(const char *)) {
  const char *name = xsmcToString(xsArg(argument));
  const int number = number_of_name(name);
  if (number < 0) xsRangeError("the ear knows no '%s'", name);
  return number;
}

double ear_setup_sample(xsMachine *the, int argument) {
  const double sample = xsmcToNumber(xsArg(argument));
  if (sample != sample) xsRangeError("listening begins at a sample, not at NaN");
  return sample;
}

static void *take(xsMachine *the, ear_setup *self, size_t byte_length, int only_while_awake) {
  void *taken = self->memory.take(self->memory.owner, byte_length, only_while_awake);
  if (!taken) xsUnknownError("no memory for %d bytes of the ear", (int)byte_length);
  return taken;
}

void ear_setup_init(xsMachine *the, ear_setup *self, const ear_setup_memory *memory) {
  memset(self, 0, sizeof *self);
  self->memory = *memory;
  features *front_end = take(the, self, features_bytes(), 0);
  self->ear = take(the, self, ear_bytes(), 0);
  ear_init(self->ear, front_end);
}

typedef struct {
  void *start;
  size_t byte_length;
} area;

/* The arena is measured with the kernels that will run in it: model_open asks for what it needs. */
static model *open_model(xsMachine *the, ear_setup *self, int index, const char *name, area *arena,
                         int only_while_awake) {
  size_t file_bytes;
  const uint8_t *file = ear_setup_resource(the, &xsArg(index), &file_bytes);
  model *opened = NULL;
  model_error error;
  model_status status = model_open(file, file_bytes, arena->start, arena->byte_length, &opened, &error);
  while (status == MODEL_ARENA_TOO_SMALL) {
    const area larger = {take(the, self, error.arena_bytes_needed, only_while_awake),
                         error.arena_bytes_needed};
    status = model_open(file, file_bytes, larger.start, larger.byte_length, &opened, &error);
    if (status == MODEL_OK)
      *arena = larger;
    else
      self->memory.give_back_newest(self->memory.owner);
  }
  if (status != MODEL_OK) xsRangeError("%s: %s", name, error.detail);
  return opened;
}

static void throw_refusal(xsMachine *the, ear_status status) {
  if (status != EAR_OK) xsRangeError("%s", ear_status_text(status));
}

/* A probability as the natives take it, in 65536ths. */
static int share(xsMachine *the, int argument) {
  const double probability = xsmcToNumber(xsArg(argument));
  if (!(probability >= 0.0 && probability <= 1.0)) xsRangeError("a probability cutoff goes from 0 to 1");
  return (int)(probability * 65536.0 + 0.5);
}

/* A loss as the natives take it, in 256ths of a nat. */
static int32_t loss(xsMachine *the, int argument) {
  const double nats = xsmcToNumber(xsArg(argument));
  if (!(nats >= -10.0 && nats <= 10.0)) xsRangeError("a loss lies within 10 nats");
  return (int32_t)(nats * 256.0);
}

void ear_setup_add_wake_word(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 4);
  const int cutoff = share(the, 2);
  const int window = xsmcToInteger(xsArg(3));
  area arena = {NULL, 0};
  model *net = open_model(the, self, 1, xsmcToString(xsArg(0)), &arena, 0);
  throw_refusal(the, ear_add_wake_word(self->ear, xsmcToString(xsArg(0)), net, cutoff, window));
}

void ear_setup_set_point(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 7);
  const int wake_word = xsmcToInteger(xsArg(0));
  const int sensitivity = ear_setup_named(the, 1, ear_sensitivity_of_name);
  const ear_point point = {share(the, 2), xsmcToInteger(xsArg(3)), share(the, 4), loss(the, 5), loss(the, 6)};
  throw_refusal(the, ear_set_point(self->ear, wake_word, (ear_sensitivity)sensitivity, &point));
}

void ear_setup_set_pronunciations(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 2);
  const int wake_word = xsmcToInteger(xsArg(0));
  void *bytes;
  xsUnsignedValue length;
  xsmcGetBufferReadable(xsArg(1), &bytes, &length);
  throw_refusal(the, ear_set_pronunciations(self->ear, wake_word, bytes, length));
}

void ear_setup_set_embedding(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 1);
  area arena = {NULL, 0};
  model *net = open_model(the, self, 0, "embedding", &arena, 1);
  throw_refusal(the, ear_set_embedding(self->ear, net));
}

void ear_setup_set_verifier(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 2);
  const int wake_word = xsmcToInteger(xsArg(0));
  area arena = {NULL, 0};
  model *net = open_model(the, self, 1, "verifier", &arena, 1);
  throw_refusal(the, ear_set_verifier(self->ear, wake_word, net));
}

static void open_phones(xsMachine *the, ear_setup *self) {
  size_t file_bytes;
  const uint8_t *file = ear_setup_resource(the, &xsArg(0), &file_bytes);
  if (self->phones && file == self->phones_file) return;
  self->phones = NULL;
  area arena = {self->phones_arena, self->phones_arena_bytes};
  self->phones = open_model(the, self, 0, "phones", &arena, 1);
  self->phones_file = file;
  self->phones_arena = arena.start;
  self->phones_arena_bytes = arena.byte_length;
}

static void load_network(xsMachine *the, ear_setup *self) {
  size_t byte_length;
  const uint8_t *network = ear_setup_resource(the, &xsArg(1), &byte_length);
  if (!self->commands) self->commands = take(the, self, decoder_bytes(), 1);
  decoder_error error;
  if (decoder_load(self->commands, network, byte_length, &error) != DECODER_OK)
    xsRangeError("%s", error.detail);
}

void ear_setup_set_commands(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 5);
  const float blank_penalty = (float)xsmcToNumber(xsArg(2));
  const int look_ahead_ms = xsmcToInteger(xsArg(3));
  const int heard = ear_setup_named(the, 4, ear_phone_features_of_name);
  ear_set_commands(self->ear, NULL, NULL, 0, 0, EAR_NOISE_REDUCED); /* lets go of what is about to change */
  open_phones(the, self);
  load_network(the, self);
  throw_refusal(the, ear_set_commands(self->ear, self->phones, self->commands, blank_penalty, look_ahead_ms,
                                      (ear_phone_features)heard));
}
