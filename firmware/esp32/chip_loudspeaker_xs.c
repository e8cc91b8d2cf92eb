/* The class `Loudspeaker` of an ESP32-S3; loudspeaker.d.ts says what it does. */
#include <string.h>

#include "ear_options.h"
#include "esp_heap_caps.h"
#include "loudspeaker.h"
#include "mc.xs.h"
#include "xsHost.h"

typedef struct {
  loudspeaker loudspeaker;
  xsMachine *the;
  xsSlot object;
  uint32_t messages; /* under way to JavaScript */
  uint32_t closed;
} chip_loudspeaker;

static void free_chip(chip_loudspeaker *self) {
  heap_caps_free(self->loudspeaker.cue);
  heap_caps_free(self);
}

static void deliver(void *machine, void *context, uint8_t *message, uint16_t byte_length) {
  chip_loudspeaker *self = context;
  (void)message;
  (void)byte_length;
  const uint32_t left = __atomic_sub_fetch(&self->messages, 1, __ATOMIC_ACQ_REL);
  if (self->closed) {
    if (left == 0) free_chip(self);
    return;
  }
  xsBeginHost(machine);
  xsmcVars(2);
  xsVar(0) = xsAccess(self->object);
  xsmcGet(xsVar(1), xsVar(0), xsID_onEnded);
  if (xsmcTest(xsVar(1))) xsCallFunction0(xsVar(1), xsVar(0));
  xsEndHost(machine);
}

/* From the loudspeaker's task. It waits for room in JavaScript's queue, but never when JavaScript waits for it. */
static void tell(void *context) {
  chip_loudspeaker *self = context;
  __atomic_add_fetch(&self->messages, 1, __ATOMIC_ACQ_REL);
  while (!__atomic_load_n(&self->closed, __ATOMIC_ACQUIRE)) {
    if (modMessagePostToMachineFromISR(self->the, deliver, self) == 0) return;
    vTaskDelay(1);
  }
  __atomic_sub_fetch(&self->messages, 1, __ATOMIC_ACQ_REL);
}

/* A message under way still points at the object: then `deliver` frees it. */
void xs_chip_loudspeaker_destructor(void *data) {
  chip_loudspeaker *self = data;
  if (!self) return;
  __atomic_store_n(&self->closed, 1, __ATOMIC_RELEASE);
  loudspeaker_close(&self->loudspeaker);
  if (__atomic_load_n(&self->messages, __ATOMIC_ACQUIRE) == 0) free_chip(self);
}

void xs_chip_loudspeaker(xsMachine *the) {
  if (xsmcArgc < 1) xsTypeError("1 argument is needed");
  xsmcVars(2);
  const options given = {the, &xsArg(0), &xsVar(0), "loudspeaker"};
  sound_bus bus;
  loudspeaker_options_read(&given, &bus);
  const line amplifier = options_line(&given, OPTION(xsID_enable), &xsVar(1));
  chip_loudspeaker *self = heap_caps_calloc(1, sizeof *self, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  if (!self) xsUnknownError("no memory for the loudspeaker");
  xsmcSetHostData(xsThis, self);
  self->the = the;
  self->loudspeaker.amplifier = amplifier;
  self->loudspeaker.sample_rate = (uint32_t)bus.sample_rate;
  self->loudspeaker.tell = tell;
  self->loudspeaker.tell_context = self;
  self->loudspeaker.cue = heap_caps_calloc(1, cue_bytes(), MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  if (!self->loudspeaker.cue) xsUnknownError("no memory for the loudspeaker's cues");
  if (loudspeaker_open(&self->loudspeaker, &bus) != ESP_OK)
    xsUnknownError("the driver refuses the loudspeaker");
  self->object = xsThis;
  xsRemember(self->object);
}

void xs_chip_loudspeaker_close(xsMachine *the) {
  chip_loudspeaker *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_loudspeaker_destructor);
  if (!self) return;
  xsForget(self->object);
  xsmcSetHostData(xsThis, NULL);
  xs_chip_loudspeaker_destructor(self);
}

static loudspeaker *loudspeaker_of_this(xsMachine *the) {
  chip_loudspeaker *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_loudspeaker_destructor);
  if (!self) xsUnknownError("the loudspeaker is closed");
  return &self->loudspeaker;
}

void xs_chip_loudspeaker_play(xsMachine *the) {
  loudspeaker *self = loudspeaker_of_this(the);
  if (xsmcArgc < 2) xsTypeError("2 arguments are needed");
  const int volume_percent = xsmcToInteger(xsArg(1));
  const int number = cue_of_name(xsmcToString(xsArg(0)));
  if (number < 0) xsRangeError("no such cue");
  if (volume_percent < 0 || volume_percent > 100) xsRangeError("the volume must be 0 to 100 percent");
  if (!loudspeaker_play(self, number, volume_percent)) xsUnknownError("the loudspeaker does not answer");
}

void xs_chip_loudspeaker_stop(xsMachine *the) {
  if (!loudspeaker_stop(loudspeaker_of_this(the))) xsUnknownError("the loudspeaker does not answer");
}
