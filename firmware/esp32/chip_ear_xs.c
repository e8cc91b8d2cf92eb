/* The class `Ear` of an ESP32-S3; ear.d.ts says what it does. Until `start` all belongs to JavaScript's thread; from
 * then on the ear and what it is made of belong to its task, and the two talk over the queues of ear_loop.h. */
#include <string.h>

#include "ear_memory.h"
#include "ear_options.h"
#include "ear_setup_xs.h"
#include "ear_task.h"
#include "esp_heap_caps.h"
#include "mc.xs.h"
#include "microphone.h"
#include "xsHost.h"
#include "xsmc.h"

/* Buffers that can hold a sample of before the switch was moved: those of the driver, the one being filled and the one
 * being read. A microphone needs about as long to settle. */
#define STALE_BUFFERS (SOUND_BUS_DMA_BUFFERS + 2)

typedef struct {
  ear_task task;
  microphone microphone;
  clip_player clip;
  int has_clip;
  ear_memory memory;
  ear_setup setup;
  xsMachine *the;
  xsSlot object;
  uint32_t told; /* a message to JavaScript is under way */
  int closed;
  char text[EAR_EVENT_BYTES];
} chip_ear;

/* From the ear's task. The message goes as from an interrupt: that never waits, even when the queue is full; then the
 * next step tells again. */
static void deliver(void *machine, void *context, uint8_t *message, uint16_t byte_length);

static void tell(void *context) {
  chip_ear *self = context;
  if (__atomic_exchange_n(&self->told, 1, __ATOMIC_ACQ_REL)) return;
  if (modMessagePostToMachineFromISR(self->the, deliver, self) == 0) return;
  __atomic_store_n(&self->told, 0, __ATOMIC_RELEASE);
  self->task.loop.has_news = 1;
}

static void let_go(chip_ear *self) {
  ear_task_end(&self->task);
  if (!self->has_clip) microphone_close(&self->microphone);
  mute_pin_close(&self->task.pin);
  ear_memory_give_back_all(&self->memory);
}

static void deliver(void *machine, void *context, uint8_t *message, uint16_t byte_length) {
  chip_ear *self = context;
  (void)message;
  (void)byte_length;
  __atomic_store_n(&self->told, 0, __ATOMIC_RELEASE);
  if (self->closed) {
    heap_caps_free(self);
    return;
  }
  xsBeginHost(machine);
  xsmcVars(2);
  xsVar(0) = xsAccess(self->object);
  xsmcGet(xsVar(1), xsVar(0), xsID_onReadable);
  if (xsmcTest(xsVar(1))) xsCallFunction0(xsVar(1), xsVar(0));
  xsEndHost(machine);
}

/* A message under way still points at the object: then `deliver` frees it. */
void xs_chip_ear_destructor(void *data) {
  chip_ear *self = data;
  if (!self) return;
  let_go(self);
  self->closed = 1;
  if (!__atomic_load_n(&self->told, __ATOMIC_ACQUIRE)) heap_caps_free(self);
}

/* The object behind `this`; throws when it is closed. */
static chip_ear *chip_ear_of_this(xsMachine *the) {
  chip_ear *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_ear_destructor);
  if (!self) xsUnknownError("the ear is closed");
  return self;
}

/* The same, which has not started: from then on its ear belongs to the task. */
static chip_ear *before_start(xsMachine *the) {
  chip_ear *self = chip_ear_of_this(the);
  if (self->task.handle) xsUnknownError("the ear has started");
  return self;
}

/* Of the option `clip`, when there is one. */
static int open_clip(xsMachine *the, chip_ear *self, int in_steps, ear_source *source) {
  const options all = {the, &xsArg(0), &xsVar(0), "ear"};
  if (!options_has(&all, OPTION(xsID_clip))) return 0;
  size_t byte_length;
  const uint8_t *file = ear_setup_resource(the, &xsVar(0), &byte_length);
  mic_clip clip;
  const char *problem = mic_clip_open(&clip, file, byte_length);
  if (problem) xsRangeError("%s", problem);
  clip_player_open(&self->clip, &clip, !in_steps, source);
  self->has_clip = 1;
  self->task.stepped = in_steps;
  return 1;
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

static void set_up(xsMachine *the, chip_ear *self) {
  const ear_setup_memory memory = {self, take, give_back_newest};
  ear_setup_init(the, &self->setup, &memory);
}

static void make_ear(xsMachine *the, chip_ear *self, const ear_source *source) {
  set_up(the, self);
  const mute_hardware hardware = mute_pin_hardware(&self->task.pin);
  /* a clip that waits for its reader has no sample that could be stale, and no contact that bounces */
  const uint32_t calm_ms = self->task.stepped ? 1 : CALM_MS, stale = self->has_clip ? 1 : STALE_BUFFERS;
  int16_t *backlog = ear_memory_take(&self->memory, EAR_LOOP_BACKLOG_BYTES, EAR_MEMORY_EXTERNAL);
  if (!backlog) xsUnknownError("no memory for sound that waits for the ear");
  ear_loop_init(&self->task.loop, self->setup.ear, source, &hardware, backlog, calm_ms, stale);
}

void xs_chip_ear(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  xsmcVars(3);
  ear_options given;
  memset(&given, 0, sizeof given);
  ear_options_read(the, &given);
  chip_ear *self = heap_caps_calloc(1, sizeof *self, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
  if (!self) xsUnknownError("no internal memory for the ear");
  xsmcSetHostData(xsThis, self);
  self->the = the;
  self->task.tell = tell;
  self->task.tell_context = self;
  self->task.pin = given.mute;
  if (mute_pin_open(&self->task.pin) != ESP_OK) xsUnknownError("the mute switch's pins are not to be had");
  ear_source source;
  if (!open_clip(the, self, given.in_steps, &source) &&
      microphone_open(&self->microphone, &given.microphone, given.has_loudspeaker ? &given.loudspeaker : NULL,
                      given.gain_bits, &source) != ESP_OK)
    xsUnknownError("the driver refuses the microphone");
  make_ear(the, self, &source);
  self->object = xsThis;
  xsRemember(self->object);
}

void xs_chip_ear_close(xsMachine *the) {
  chip_ear *self = xsmcGetHostDataValidate(xsThis, (void *)xs_chip_ear_destructor);
  if (!self) return;
  xsForget(self->object);
  xsmcSetHostData(xsThis, NULL);
  xs_chip_ear_destructor(self);
}

void xs_chip_ear_configure(xsMachine *the) {
  ear_setup_configure(the, &before_start(the)->setup);
}

void xs_chip_ear_start(xsMachine *the) {
  chip_ear *self = before_start(the);
  const esp_err_t status = ear_task_start(&self->task);
  if (status == ESP_ERR_INVALID_STATE) xsUnknownError("pins are served elsewhere: start the ear first");
  if (status != ESP_OK) xsUnknownError("no memory for the ear's task, or no interrupt for the mute switch");
}

static void ask(xsMachine *the, ear_loop_request request, double number) {
  chip_ear *self = chip_ear_of_this(the);
  if (!ear_loop_ask(&self->task.loop, request, number)) xsUnknownError("the ear does not answer");
}

void xs_chip_ear_listen(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ask(the, EAR_LOOP_LISTEN, ear_setup_sample(the, 0));
}

void xs_chip_ear_set_sensitivity(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ask(the, EAR_LOOP_SET_SENSITIVITY, ear_setup_named(the, 0, ear_sensitivity_of_name));
}

void xs_chip_ear_set_guard(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  ask(the, EAR_LOOP_SET_GUARD, ear_setup_named(the, 0, ear_guard_of_name));
}

void xs_chip_ear_stop_listening(xsMachine *the) {
  ask(the, EAR_LOOP_STOP_LISTENING, 0);
}

void xs_chip_ear_set_muted(xsMachine *the) {
  ear_setup_need_arguments(the, 1);
  mute_request(&chip_ear_of_this(the)->task.loop.mute, xsmcTest(xsArg(0)));
}

void xs_chip_ear_take_event(xsMachine *the) {
  chip_ear *self = chip_ear_of_this(the);
  if (ear_loop_take_event(&self->task.loop, self->text) > 0) xsmcSetString(xsResult, self->text);
}

void xs_chip_ear_step(xsMachine *the) {
  chip_ear *self = chip_ear_of_this(the);
  if (!self->task.stepped || !self->task.handle)
    xsUnknownError("only a started ear with a clip in steps steps");
  const int goes_on = !clip_player_is_over(&self->clip);
  if (goes_on) ear_task_step(&self->task);
  xsmcSetBoolean(xsResult, goes_on);
}

void xs_chip_ear_muted(xsMachine *the) {
  xsmcSetBoolean(xsResult, mute_is_on(&chip_ear_of_this(the)->task.loop.mute));
}

void xs_chip_ear_switch_muted(xsMachine *the) {
  xsmcSetBoolean(xsResult, mute_pin_reads_on(&chip_ear_of_this(the)->task.pin));
}

void xs_chip_ear_elapsed_samples(xsMachine *the) {
  xsmcSetNumber(xsResult, ear_loop_elapsed_samples(&chip_ear_of_this(the)->task.loop));
}

void xs_chip_ear_level_db(xsMachine *the) {
  const int level_db = ear_loop_level_db(&chip_ear_of_this(the)->task.loop);
  if (level_db != EAR_LOOP_NO_LEVEL) xsmcSetInteger(xsResult, level_db);
}

void xs_chip_ear_internal_bytes(xsMachine *the) {
  const chip_ear *self = chip_ear_of_this(the);
  xsmcSetNumber(xsResult, (double)(sizeof *self + self->memory.bytes[EAR_MEMORY_INTERNAL]));
}

void xs_chip_ear_external_bytes(xsMachine *the) {
  xsmcSetNumber(xsResult, (double)chip_ear_of_this(the)->memory.bytes[EAR_MEMORY_EXTERNAL]);
}

void xs_chip_ear_stack_left_bytes(xsMachine *the) {
  xsmcSetNumber(xsResult, (double)ear_task_stack_left(&chip_ear_of_this(the)->task));
}
