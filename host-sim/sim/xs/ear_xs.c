#include "ear_xs.h"

#include <stdint.h>
#include <string.h>

#include "../../../firmware/esp32/ear_setup_xs.h"

/* Memory handed to the natives, given back with the ear. Aligned to 16, which c_malloc does not promise. */
typedef struct block {
  struct block *next;
  size_t byte_length;
} block;

typedef struct {
  ear_setup setup;
  block *blocks;
  size_t memory_bytes;
  char event[EAR_EVENT_BYTES];
} ear_object;

enum { ALIGNMENT = 16 };

static void *take(void *owner, size_t byte_length, int only_while_awake) {
  (void)only_while_awake;
  ear_object *self = owner;
  block *added = c_malloc(sizeof(block) + ALIGNMENT + byte_length);
  if (!added) return NULL;
  added->next = self->blocks;
  added->byte_length = byte_length;
  self->blocks = added;
  self->memory_bytes += byte_length;
  const uintptr_t start = ((uintptr_t)(added + 1) + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
  return memset((void *)start, 0, byte_length);
}

static void give_back_newest(void *owner) {
  ear_object *self = owner;
  block *newest = self->blocks;
  self->blocks = newest->next;
  self->memory_bytes -= newest->byte_length;
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
  const ear_setup_memory memory = {self, take, give_back_newest};
  ear_setup_init(the, &self->setup, &memory);
}

static ear_object *object_of_this(xsMachine *the) {
  ear_object *self = xsmcGetHostDataValidate(xsThis, (void *)xs_ear_destructor);
  if (!self) xsTypeError("this ear was never made");
  return self;
}

ear *xs_ear_of_this(xsMachine *the) {
  return object_of_this(the)->setup.ear;
}

void xs_ear_memory_bytes(xsMachine *the) {
  xsmcSetNumber(xsResult, (double)object_of_this(the)->memory_bytes);
}

void xs_ear_configure(xsMachine *the) {
  ear_setup_configure(the, &object_of_this(the)->setup);
}

void xs_ear_set_sensitivity(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_sensitivity(xs_ear_of_this(the), (ear_sensitivity)ear_setup_named(the, 0, ear_sensitivity_of_name));
}

void xs_ear_set_guard(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_guard(xs_ear_of_this(the), (ear_guard)ear_setup_named(the, 0, ear_guard_of_name));
}

void xs_ear_listen(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_listen(xs_ear_of_this(the), ear_setup_sample(the, 0));
}

void xs_ear_stop_listening(xsMachine *the) {
  ear_stop_listening(xs_ear_of_this(the));
}

void xs_ear_set_muted(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_muted(xs_ear_of_this(the), xsmcTest(xsArg(0)));
}

void xs_ear_take_event(xsMachine *the) {
  ear_object *self = object_of_this(the);
  if (ear_take_event(self->setup.ear, self->event) > 0) xsmcSetString(xsResult, self->event);
}
