/* What the chip's `Ear` is given before it starts: ear_setup_xs.c with the chip's two kinds of memory. */
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

void xs_chip_ear_add_wake_word(xsMachine *the) {
  ear_setup_add_wake_word(the, &chip_ear_before_start(the)->setup);
}

void xs_chip_ear_set_point(xsMachine *the) {
  ear_setup_set_point(the, &chip_ear_before_start(the)->setup);
}

void xs_chip_ear_set_pronunciations(xsMachine *the) {
  ear_setup_set_pronunciations(the, &chip_ear_before_start(the)->setup);
}

void xs_chip_ear_set_embedding(xsMachine *the) {
  ear_setup_set_embedding(the, &chip_ear_before_start(the)->setup);
}

void xs_chip_ear_set_verifier(xsMachine *the) {
  ear_setup_set_verifier(the, &chip_ear_before_start(the)->setup);
}

void xs_chip_ear_set_commands(xsMachine *the) {
  ear_setup_set_commands(the, &chip_ear_before_start(the)->setup);
}
