#include "ear_setup_xs.h"

#include <string.h>

#include "mc.xs.h"
#include "options.h"

void ear_setup_need_arguments(xsMachine *the, int count) {
  if (xsmcArgc < count) xsTypeError("%d arguments are needed", count);
}

const uint8_t *ear_setup_resource(xsMachine *the, xsSlot *slot, size_t *byte_length) {
  void *bytes;
  xsUnsignedValue length;
  if (xsmcGetBufferReadable(*slot, &bytes, &length) != xsBufferNonrelocatable)
    xsTypeError("models, graphs and clips must be resources, which never move");
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
  self->embedding.only_while_awake = self->phones.only_while_awake = 1;
  for (int i = 0; i < EAR_MAX_WAKE_WORDS; i++) self->word_verifiers[i].only_while_awake = 1;
  features *front_end = take(the, self, features_bytes(), 0);
  self->ear = take(the, self, ear_bytes(), 0);
  ear_init(self->ear, front_end);
}

/* The arena is measured with the kernels that will run in it: model_open asks for what it needs. */
static model_status open_in_arena(xsMachine *the, ear_setup *self, ear_setup_model *place, size_t file_bytes,
                                  model_error *error) {
  model_status status =
      model_open(place->file, file_bytes, place->arena, place->arena_bytes, &place->net, error);
  while (status == MODEL_ARENA_TOO_SMALL) {
    const size_t wanted = error->arena_bytes_needed;
    void *arena = take(the, self, wanted, place->only_while_awake);
    status = model_open(place->file, file_bytes, arena, wanted, &place->net, error);
    if (status == MODEL_OK) {
      place->arena = arena;
      place->arena_bytes = wanted;
    } else {
      self->memory.give_back_newest(self->memory.owner);
    }
  }
  return status;
}

/* The model of that option, a resource. What it is, and whose, is for messages. */
static model *open_model(const options *given, option wanted, ear_setup *self, ear_setup_model *place,
                         const char *what, const char *whose) {
  xsMachine *the = given->the;
  size_t file_bytes;
  options_need(given, wanted);
  const uint8_t *file = ear_setup_resource(the, given->value, &file_bytes);
  if (place->net && file == place->file) return place->net;
  model_error error;
  place->file = file;
  place->net = NULL;
  if (open_in_arena(the, self, place, file_bytes, &error) != MODEL_OK) {
    place->net = NULL;
    xsRangeError("%s%s: %s", what, whose, error.detail);
  }
  return place->net;
}

static void configure(xsMachine *the, ear_setup *self, const ear_hearing *hearing) {
  ear_error error;
  if (ear_configure(self->ear, hearing, &error) != EAR_OK) xsRangeError("%s", error.detail);
}

/* A wake word but for its pronunciations. Its name is copied: what JavaScript allocates may move it. */
static void read_wake_word(const options *given, ear_setup *self, int number, ear_wake_word *word,
                           char name[EAR_NAME_BYTES + 1]) {
  xsMachine *the = given->the;
  options_need(given, OPTION(xsID_name));
  strncpy(name, xsmcToString(*given->value), EAR_NAME_BYTES);
  word->name = name;
  word->net = open_model(given, OPTION(xsID_model), self, &self->wake_words[number], "", name);
  size_t byte_length;
  const void *points = options_bytes(given, OPTION(xsID_points), &byte_length);
  if (byte_length != sizeof word->points)
    xsRangeError("%s: points must have %d bytes", name, (int)sizeof word->points);
  memcpy(word->points, points, sizeof word->points);
  if (options_has(given, OPTION(xsID_wordVerifier)))
    word->word_verifier = open_model(given, OPTION(xsID_wordVerifier), self, &self->word_verifiers[number],
                                     "word verifier of ", name);
}

static void configure_wake_words(const options *hearing, ear_setup *self) {
  xsMachine *the = hearing->the;
  xsSlot *list = &xsVar(1), *item = &xsVar(2), *value = &xsVar(3);
  const ear_hearing none = {&(ear_wake_words){NULL, 0, NULL}, NULL};
  const options of_list = {the, list, value, "wakeWords"}, of_word = {the, item, value, "wake word"};
  ear_wake_word words[EAR_MAX_WAKE_WORDS] = {0};
  char names[EAR_MAX_WAKE_WORDS][EAR_NAME_BYTES + 1] = {0};
  ear_wake_words given = {words, 0, NULL};
  configure(the, self, &none); /* lets go of what is about to change */
  options_need(hearing, OPTION(xsID_wakeWords));
  *list = *hearing->value;
  given.count = options_integer(&of_list, OPTION(xsID_length), 0, EAR_MAX_WAKE_WORDS);
  for (int i = 0; i < given.count; i++) {
    xsmcGetIndex(*item, *list, i);
    read_wake_word(&of_word, self, i, &words[i], names[i]);
  }
  if (options_has(hearing, OPTION(xsID_embedding)))
    given.embedding = open_model(hearing, OPTION(xsID_embedding), self, &self->embedding, "embedding", "");
  for (int i = 0; i < given.count; i++) { /* last of all: from here on JavaScript allocates nothing */
    xsmcGetIndex(*item, *list, i);
    words[i].pronunciations =
        options_bytes(&of_word, OPTION(xsID_pronunciations), &words[i].pronunciations_bytes);
  }
  configure(the, self, &(ear_hearing){&given, NULL});
}

static void load_graph(const options *commands, ear_setup *self) {
  xsMachine *the = commands->the;
  size_t byte_length;
  options_need(commands, OPTION(xsID_graph));
  const uint8_t *graph = ear_setup_resource(the, commands->value, &byte_length);
  if (!self->commands) self->commands = take(the, self, decoder_bytes(), 1);
  decoder_error error;
  if (decoder_load(self->commands, graph, byte_length, &error) != DECODER_OK)
    xsRangeError("%s", error.detail);
}

static void configure_commands(const options *hearing, ear_setup *self) {
  xsMachine *the = hearing->the;
  xsSlot *object = &xsVar(1), *inner = &xsVar(2), *value = &xsVar(3);
  const ear_hearing none = {NULL, &(ear_commands){NULL, NULL, 0, 0, EAR_NOISE_REDUCED}};
  const options commands = {the, object, inner, "commands"}, phones = {the, inner, value, "phones"};
  ear_commands given = {NULL, NULL, 0, 0, EAR_NOISE_REDUCED};
  configure(the, self, &none); /* lets go of what is about to change */
  options_need(hearing, OPTION(xsID_commands));
  *object = *hearing->value;
  load_graph(&commands, self);
  given.decoder = self->commands;
  options_need(&commands, OPTION(xsID_phones));
  given.phones = open_model(&phones, OPTION(xsID_model), self, &self->phones, "phones", "");
  given.blank_penalty_nats = (float)options_number(&phones, OPTION(xsID_blankPenaltyNats));
  given.look_ahead_ms = options_integer(&phones, OPTION(xsID_lookAheadMs), 0, EAR_MAX_LOOK_AHEAD_MS);
  given.features = (ear_phone_features)options_choice(&phones, OPTION(xsID_features), EAR_PHONE_FEATURES);
  configure(the, self, &(ear_hearing){NULL, &given});
}

void ear_setup_configure(xsMachine *the, ear_setup *self) {
  ear_setup_need_arguments(the, 1);
  xsmcVars(4);
  const options hearing = {the, &xsArg(0), &xsVar(0), "hearing"};
  if (options_has(&hearing, OPTION(xsID_wakeWords))) configure_wake_words(&hearing, self);
  if (options_has(&hearing, OPTION(xsID_commands))) configure_commands(&hearing, self);
}
