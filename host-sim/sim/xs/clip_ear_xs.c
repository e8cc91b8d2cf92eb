/* An ear as a JavaScript class under XS in the simulator, which hears a clip when it is told to; the chip's, with a task that
 * fetches its own samples, is esp32/chip_ear_xs.c. What both can is said in esp32/ear.d.ts; native-ear.d.ts says what this
 * one can. */
#include <stdint.h>
#include <string.h>

#include "../../../firmware/esp32/ear_setup_xs.h"
#include "../../../firmware/natives/mic/mic_clip.h"

/* Memory handed to the natives, given back with the ear. Aligned to 16, which c_malloc does not promise. */
typedef struct block {
  struct block *next;
  size_t byte_length;
} block;

typedef struct {
  ear_setup setup;
  block *blocks;
  size_t memory_bytes;
  mic_clip clip;
  char event[EAR_EVENT_BYTES];
} ear_object;

enum { ALIGNMENT = 16, BLOCK_SAMPLES = 160 };

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

void xs_clip_ear_destructor(void *data) {
  ear_object *self = data;
  if (!self) return;
  while (self->blocks) give_back_newest(self);
  c_free(self);
}

static void open_clip(xsMachine *the, ear_object *self) {
  size_t byte_length;
  const uint8_t *file = ear_setup_resource(the, &xsArg(0), &byte_length);
  const char *problem = mic_clip_open(&self->clip, file, byte_length);
  if (problem) xsRangeError("%s", problem);
}

void xs_clip_ear(xsMachine *the) {
  ear_object *self = c_calloc(1, sizeof(ear_object));
  if (!self) xsUnknownError("no memory for the ear");
  xsmcSetHostData(xsThis, self);
  const ear_setup_memory memory = {self, take, give_back_newest};
  ear_setup_init(the, &self->setup, &memory);
  if (xsmcArgc > 0 && xsmcTest(xsArg(0))) open_clip(the, self);
}

static ear_object *object_of_this(xsMachine *the) {
  ear_object *self = xsmcGetHostDataValidate(xsThis, (void *)xs_clip_ear_destructor);
  if (!self) xsTypeError("this ear was never made");
  return self;
}

static ear *ear_of_this(xsMachine *the) {
  return object_of_this(the)->setup.ear;
}

void xs_clip_ear_memory_bytes(xsMachine *the) {
  xsmcSetNumber(xsResult, (double)object_of_this(the)->memory_bytes);
}

void xs_clip_ear_configure(xsMachine *the) {
  ear_setup_configure(the, &object_of_this(the)->setup);
}

void xs_clip_ear_set_sensitivity(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_sensitivity(ear_of_this(the), (ear_sensitivity)ear_setup_named(the, 0, ear_sensitivity_of_name));
}

void xs_clip_ear_set_guard(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_guard(ear_of_this(the), (ear_guard)ear_setup_named(the, 0, ear_guard_of_name));
}

void xs_clip_ear_listen(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_listen(ear_of_this(the), ear_setup_sample(the, 0));
}

void xs_clip_ear_stop_listening(xsMachine *the) {
  ear_stop_listening(ear_of_this(the));
}

void xs_clip_ear_set_muted(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ear_set_muted(ear_of_this(the), xsmcTest(xsArg(0)));
}

void xs_clip_ear_take_event(xsMachine *the) {
  ear_object *self = object_of_this(the);
  if (ear_take_event(self->setup.ear, self->event) > 0) xsmcSetString(xsResult, self->event);
}

/* Up to so many further samples. Returns how many there were: fewer at the end of the clip. */
void xs_clip_ear_hear(xsMachine *the) {
  ear_object *self = object_of_this(the);
  ear_setup_need_arguments(the, 1);
  const int wanted = xsmcToInteger(xsArg(0));
  if (wanted < 0) xsRangeError("%d samples cannot be heard", wanted);
  int16_t block[BLOCK_SAMPLES];
  int heard = 0, taken;
  do {
    const int left = wanted - heard;
    taken = (int)mic_clip_read(&self->clip, block, (size_t)(left < BLOCK_SAMPLES ? left : BLOCK_SAMPLES));
    ear_hear(self->setup.ear, block, (size_t)taken);
    heard += taken;
  } while (taken == BLOCK_SAMPLES);
  xsmcSetInteger(xsResult, heard);
}
