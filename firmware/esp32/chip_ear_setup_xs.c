/* What the chip's `Ear` hears with, given before it starts: ear_setup_xs.c with the chip's two kinds of memory. */
#include "chip_ear.h"

chip_ear *chip_ear_before_start(xsMachine *the) {
  chip_ear *self = chip_ear_of_this(the);
  if (self->task.handle) xsUnknownError("the ear has started");
  return self;
}

static void *take(void *owner, size_t byte_length, int only_while_awake) {
  chip_ear *self = owner;
  const ear_memory_kind kind = only_while_awake ? EAR_MEMORY_EXTERNAL : EAR_MEMORY_INTERNAL;
  return ear_memory_take(&self->memory, byte_length, kind);
}

static void give_back_newest(void *owner) {
  chip_ear *self = owner;
  ear_memory_give_back_newest(&self->memory);
}

void chip_ear_set_up(xsMachine *the, chip_ear *self) {
  const ear_setup_memory memory = {self, take, give_back_newest};
  ear_setup_init(the, &self->setup, &memory);
}

void xs_chip_ear_configure(xsMachine *the) {
  ear_setup_configure(the, &chip_ear_before_start(the)->setup);
}
