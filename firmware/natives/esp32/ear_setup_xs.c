/* What JavaScript's `Ear` is given before it starts: wake words, phone model, grammar. */
#include "chip_ear.h"

chip_ear *chip_ear_before_start(xsMachine *the) {
  chip_ear *self = chip_ear_of_this(the);
  if (self->task.handle) xsUnknownError("the ear has started");
  return self;
}

void chip_ear_need_arguments(xsMachine *the, int count) {
  if (xsmcArgc < count) xsTypeError("%d arguments are needed", count);
}

void *chip_ear_take(xsMachine *the, chip_ear *self, size_t byte_length, ear_memory_kind kind) {
  void *taken = ear_memory_take(&self->memory, byte_length, kind);
  if (!taken) xsUnknownError("no memory for %d bytes of the ear", (int)byte_length);
  return taken;
}

const uint8_t *chip_ear_resource(xsMachine *the, xsSlot *slot, size_t *byte_length) {
  void *bytes;
  xsUnsignedValue length;
  if (xsmcGetBufferReadable(*slot, &bytes, &length) != xsBufferNonrelocatable)
    xsTypeError("models, networks and clips must be resources");
  *byte_length = length;
  return bytes;
}

int chip_ear_named(xsMachine *the, int argument, int (*number_of_name)(const char *)) {
  const char *name = xsmcToString(xsArg(argument));
  const int number = number_of_name(name);
  if (number < 0) xsRangeError("the ear knows no '%s'", name);
  return number;
}

/* The arena is measured with the kernels that will run in it: model_open asks for what it needs. */
static model *open_model(xsMachine *the, chip_ear *self, int index, ear_memory_kind kind) {
  size_t file_bytes;
  const uint8_t *file = chip_ear_resource(the, &xsArg(index), &file_bytes);
  model *opened = NULL;
  model_error error;
  model_status status = model_open(file, file_bytes, NULL, 0, &opened, &error);
  while (status == MODEL_ARENA_TOO_SMALL) {
    const size_t arena_bytes = error.arena_bytes_needed;
    void *arena = chip_ear_take(the, self, arena_bytes, kind);
    status = model_open(file, file_bytes, arena, arena_bytes, &opened, &error);
    if (status != MODEL_OK) ear_memory_give_back_newest(&self->memory);
  }
  if (status != MODEL_OK) xsRangeError("%s", error.detail);
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

void xs_chip_ear_add_wake_word(xsMachine *the) {
  chip_ear_need_arguments(the, 4);
  chip_ear *self = chip_ear_before_start(the);
  const int cutoff = share(the, 2);
  const int window = xsmcToInteger(xsArg(3));
  model *net = open_model(the, self, 1, EAR_MEMORY_INTERNAL);
  throw_refusal(the, ear_add_wake_word(self->ear, xsmcToString(xsArg(0)), net, cutoff, window));
}

void xs_chip_ear_set_point(xsMachine *the) {
  chip_ear_need_arguments(the, 6);
  chip_ear *self = chip_ear_before_start(the);
  const int wake_word = xsmcToInteger(xsArg(0));
  const int sensitivity = chip_ear_named(the, 1, ear_sensitivity_of_name);
  const double loss_nats = xsmcToNumber(xsArg(5));
  if (!(loss_nats >= -10.0 && loss_nats <= 10.0)) xsRangeError("a loss lies within 10 nats");
  const ear_point point = {share(the, 2), xsmcToInteger(xsArg(3)), share(the, 4),
                           (int32_t)(loss_nats * 256.0)};
  throw_refusal(the, ear_set_point(self->ear, wake_word, (ear_sensitivity)sensitivity, &point));
}

void xs_chip_ear_set_pronunciations(xsMachine *the) {
  chip_ear_need_arguments(the, 2);
  chip_ear *self = chip_ear_before_start(the);
  const int wake_word = xsmcToInteger(xsArg(0));
  void *bytes;
  xsUnsignedValue length;
  xsmcGetBufferReadable(xsArg(1), &bytes, &length);
  throw_refusal(the, ear_set_pronunciations(self->ear, wake_word, bytes, length));
}

void xs_chip_ear_set_commands(xsMachine *the) {
  chip_ear_need_arguments(the, 4);
  chip_ear *self = chip_ear_before_start(the);
  const float blank_penalty = (float)xsmcToNumber(xsArg(2));
  const int look_ahead_ms = xsmcToInteger(xsArg(3));
  size_t network_bytes;
  const uint8_t *network = chip_ear_resource(the, &xsArg(1), &network_bytes);
  model *phones = open_model(the, self, 0, EAR_MEMORY_EXTERNAL);
  decoder *commands = chip_ear_take(the, self, decoder_bytes(), EAR_MEMORY_EXTERNAL);
  decoder_error error;
  if (decoder_load(commands, network, network_bytes, &error) != DECODER_OK) xsRangeError("%s", error.detail);
  throw_refusal(the, ear_set_commands(self->ear, phones, commands, blank_penalty, look_ahead_ms));
}
