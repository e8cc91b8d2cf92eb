#include "ear_xs.h"

#include <stdint.h>
#include <string.h>

/* Memory handed to the natives, given back with the ear. Aligned to 16, which c_malloc does not promise. */
typedef struct block {
  struct block *next;
} block;

typedef struct {
  ear *ear;
  block *blocks;
  char event[EAR_EVENT_BYTES];
} ear_object;

enum { ALIGNMENT = 16 };

static void *allocate(xsMachine *the, ear_object *self, size_t byte_length) {
  block *added = c_malloc(sizeof(block) + ALIGNMENT + byte_length);
  if (!added) xsUnknownError("no memory for %d bytes of the ear", (int)byte_length);
  added->next = self->blocks;
  self->blocks = added;
  const uintptr_t start = ((uintptr_t)(added + 1) + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
  return memset((void *)start, 0, byte_length);
}

static void give_back_newest(ear_object *self) {
  block *newest = self->blocks;
  self->blocks = newest->next;
  c_free(newest);
}

void xs_ear_destructor(void *data) {
  ear_object *self = data;
  if (!self) return;
  while (self->blocks) give_back_newest(self);
  c_free(self);
}

void xs_ear(xsMachine *the) {
  ear_object *self = c_calloc(1, sizeof(ear_object));
  if (!self) xsUnknownError("no memory for the ear");
  xsmcSetHostData(xsThis, self);
  features *front_end = allocate(the, self, features_bytes());
  self->ear = allocate(the, self, ear_bytes());
  ear_init(self->ear, front_end);
}

static ear_object *object_of_this(xsMachine *the) {
  ear_object *self = xsmcGetHostDataValidate(xsThis, (void *)xs_ear_destructor);
  if (!self) xsTypeError("this ear was never made");
  return self;
}

ear *xs_ear_of_this(xsMachine *the) {
  return object_of_this(the)->ear;
}

static void need_arguments(xsMachine *the, int count) {
  if (xsmcArgc < count) xsTypeError("%d arguments are needed", count);
}

static const uint8_t *fixed_bytes(xsMachine *the, int index, size_t *byte_length) {
  void *bytes;
  xsUnsignedValue length;
  if (xsmcGetBufferReadable(xsArg(index), &bytes, &length) != xsBufferNonrelocatable)
    xsTypeError("models and networks must lie in memory that does not move");
  *byte_length = length;
  return bytes;
}

static model *open_model(xsMachine *the, ear_object *self, int index) {
  size_t file_bytes;
  const uint8_t *file = fixed_bytes(the, index, &file_bytes);
  model *opened = NULL;
  model_error error;
  model_status status = model_open(file, file_bytes, NULL, 0, &opened, &error);
  while (status == MODEL_ARENA_TOO_SMALL) {
    const size_t arena_bytes = error.arena_bytes_needed;
    void *arena = allocate(the, self, arena_bytes);
    status = model_open(file, file_bytes, arena, arena_bytes, &opened, &error);
    if (status != MODEL_OK) give_back_newest(self);
  }
  if (status != MODEL_OK) xsRangeError("%s", error.detail);
  return opened;
}

static void throw_refusal(xsMachine *the, ear_status status) {
  if (status != EAR_OK) xsRangeError("%s", ear_status_text(status));
}

/* A share as the natives take it, in 65536ths. */
static int share_argument(xsMachine *the, int index) {
  const double share = xsmcToNumber(xsArg(index));
  if (!(share >= 0.0 && share <= 1.0)) xsRangeError("a probability cutoff goes from 0 to 1");
  return (int)(share * 65536.0 + 0.5);
}

void xs_ear_add_wake_word(xsMachine *the) {
  need_arguments(the, 4);
  ear_object *self = object_of_this(the);
  const int cutoff = share_argument(the, 2);
  const int window = xsmcToInteger(xsArg(3));
  model *net = open_model(the, self, 1);
  throw_refusal(the, ear_add_wake_word(self->ear, xsmcToString(xsArg(0)), net, cutoff, window));
}

static int name_argument(xsMachine *the, int index, int (*number_of_name)(const char *)) {
  const char *name = xsmcToString(xsArg(index));
  const int number = number_of_name(name);
  if (number < 0) xsRangeError("the ear knows no '%s'", name);
  return number;
}

void xs_ear_set_point(xsMachine *the) {
  need_arguments(the, 6);
  const int wake_word = xsmcToInteger(xsArg(0));
  const int sensitivity = name_argument(the, 1, ear_sensitivity_of_name);
  const double loss_nats = xsmcToNumber(xsArg(5));
  if (!(loss_nats >= -10.0 && loss_nats <= 10.0)) xsRangeError("a loss lies within 10 nats");
  ear_point point;
  point.cutoff = share_argument(the, 2);
  point.window = xsmcToInteger(xsArg(3));
  point.look_cutoff = share_argument(the, 4);
  point.look_loss = (int32_t)(loss_nats * 256.0);
  throw_refusal(the, ear_set_point(xs_ear_of_this(the), wake_word, (ear_sensitivity)sensitivity, &point));
}

void xs_ear_set_pronunciations(xsMachine *the) {
  need_arguments(the, 2);
  void *bytes;
  xsUnsignedValue length;
  const int wake_word = xsmcToInteger(xsArg(0));
  xsmcGetBufferReadable(xsArg(1), &bytes, &length);
  throw_refusal(the, ear_set_pronunciations(xs_ear_of_this(the), wake_word, bytes, length));
}

void xs_ear_set_commands(xsMachine *the) {
  need_arguments(the, 4);
  const float blank_penalty = (float)xsmcToNumber(xsArg(2));
  const int look_ahead_ms = xsmcToInteger(xsArg(3));
  ear_object *self = object_of_this(the);
  size_t network_bytes;
  const uint8_t *network = fixed_bytes(the, 1, &network_bytes);
  model *phones = open_model(the, self, 0);
  decoder *commands = allocate(the, self, decoder_bytes());
  decoder_error error;
  if (decoder_load(commands, network, network_bytes, &error) != DECODER_OK) xsRangeError("%s", error.detail);
  throw_refusal(the, ear_set_commands(self->ear, phones, commands, blank_penalty, look_ahead_ms));
}

void xs_ear_set_sensitivity(xsMachine *the) {
  need_arguments(the, 1);
  ear_set_sensitivity(xs_ear_of_this(the), (ear_sensitivity)name_argument(the, 0, ear_sensitivity_of_name));
}

void xs_ear_set_guard(xsMachine *the) {
  need_arguments(the, 1);
  ear_set_guard(xs_ear_of_this(the), (ear_guard)name_argument(the, 0, ear_guard_of_name));
}

void xs_ear_listen(xsMachine *the) {
  need_arguments(the, 1);
  const double since_sample = xsmcToNumber(xsArg(0));
  if (since_sample != since_sample) xsRangeError("listening begins at a sample, not at NaN");
  ear_listen(xs_ear_of_this(the), since_sample);
}

void xs_ear_stop_listening(xsMachine *the) {
  ear_stop_listening(xs_ear_of_this(the));
}

void xs_ear_set_muted(xsMachine *the) {
  need_arguments(the, 1);
  ear_set_muted(xs_ear_of_this(the), xsmcTest(xsArg(0)));
}

void xs_ear_take_event(xsMachine *the) {
  ear_object *self = object_of_this(the);
  if (ear_take_event(self->ear, self->event) > 0) xsmcSetString(xsResult, self->event);
}
