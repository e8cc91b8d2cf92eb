/* The ear's loop on a chip whose clock is a number: a model's step takes as long as the test says, and meanwhile a driver
 * that keeps few buffers goes on recording. One thread, so the same every time. */
#include <stdlib.h>
#include <string.h>

#include "../../../firmware/esp32/ear_loop.h"

#define DRIVER_BUFFERS 9 /* SOUND_BUS_DMA_BUFFERS but for the one that is being filled */
#define LOOP_STEP_MS 3   /* of 10 ms of sound, without the models that look */
#define CALM_MS 50

typedef struct {
  ear_loop loop;
  int16_t backlog[EAR_LOOP_BACKLOG_BUFFERS * EAR_LOOP_SAMPLES];
  const int16_t *samples;
  uint32_t buffer_count; /* of the recording */
  uint32_t next;         /* to be read */
  uint32_t lost;
  uint32_t most_waiting;
  uint32_t now_ms;
  uint32_t model_step_ms;
  uint32_t mute_ms, unmute_ms; /* when the switch moves */
  int is_gathering;            /* reads without patience belong to one breath until one finds nothing */
} slow_chip;

static int is_on(const slow_chip *self) {
  return self->now_ms >= self->mute_ms && self->now_ms < self->unmute_ms;
}

static void spend(slow_chip *self, uint32_t ms) {
  const int was_on = is_on(self);
  self->now_ms += ms;
  if (is_on(self) != was_on) mute_edge(&self->loop.mute);
}

static int asks(void *context) {
  return is_on(context);
}

static uint32_t recorded(const slow_chip *self) {
  return self->now_ms / EAR_LOOP_STEP_MS;
}

static int start(void *context) {
  slow_chip *self = context;
  self->next = recorded(self);
  return 1;
}

static void stop(void *context) {
  (void)context;
}

static void overrun(slow_chip *self) {
  const uint32_t waiting = recorded(self) - self->next;
  if (waiting <= DRIVER_BUFFERS) return;
  self->lost += waiting - DRIVER_BUFFERS;
  self->next += waiting - DRIVER_BUFFERS;
}

static size_t read_buffer(void *context, void *bus, uint32_t patience_ms) {
  slow_chip *self = context;
  if (patience_ms == 0 && !self->is_gathering) spend(self, self->model_step_ms);
  self->is_gathering = patience_ms == 0;
  if (patience_ms > 0 && recorded(self) == self->next) spend(self, EAR_LOOP_STEP_MS - self->now_ms % 10);
  overrun(self);
  if (recorded(self) == self->next) {
    self->is_gathering = 0;
    return 0;
  }
  const size_t byte_length = EAR_LOOP_SAMPLES * sizeof(int16_t);
  memset(bus, 0, byte_length);
  if (self->next < self->buffer_count)
    memcpy(bus, self->samples + (size_t)self->next * EAR_LOOP_SAMPLES, byte_length);
  self->next++;
  if (self->loop.backlog.count > self->most_waiting) self->most_waiting = (uint32_t)self->loop.backlog.count;
  return byte_length;
}

static uint32_t take_lost(void *context) {
  slow_chip *self = context;
  const uint32_t lost = self->lost;
  self->lost = 0;
  return lost * EAR_LOOP_SAMPLES;
}

static void pause_step(void *context) {
  spend(context, EAR_LOOP_STEP_MS);
}

slow_chip *slow_chip_make(ear *listener, const int16_t *samples, uint32_t buffer_count,
                          uint32_t model_step_ms, uint32_t mute_ms, uint32_t unmute_ms) {
  slow_chip *self = calloc(1, sizeof *self);
  self->samples = samples;
  self->buffer_count = buffer_count;
  self->model_step_ms = model_step_ms;
  self->mute_ms = mute_ms;
  self->unmute_ms = unmute_ms;
  const mic_format format = {.slot_bits = 16, .channels = 1, .keep_offset = 1};
  const ear_source source = {start, stop, read_buffer, take_lost, pause_step, self, format};
  const mute_hardware hardware = {asks, NULL, self};
  ear_loop_init(&self->loop, listener, &source, &hardware, self->backlog, CALM_MS, DRIVER_BUFFERS + 2);
  ear_loop_open_at_once(&self->loop);
  return self;
}

/* Returns 0 when the recording has been heard. */
int slow_chip_step(slow_chip *self) {
  self->is_gathering = self->loop.backlog.count > 0; /* that the loop gathers first is no model's step */
  spend(self, self->is_gathering ? LOOP_STEP_MS : 0);
  ear_loop_step(&self->loop);
  return recorded(self) < self->buffer_count || self->loop.backlog.count > 0;
}

size_t slow_chip_take_event(slow_chip *self, char *text) {
  return ear_loop_take_event(&self->loop, text);
}

void slow_chip_listen(slow_chip *self, uint32_t since_sample) {
  ear_loop_ask(&self->loop, EAR_LOOP_LISTEN, since_sample);
}

uint32_t slow_chip_most_waiting(const slow_chip *self) {
  return self->most_waiting;
}

uint32_t slow_chip_now_ms(const slow_chip *self) {
  return self->now_ms;
}

/* Whether the backlog's memory is as before the first sound. */
int slow_chip_backlog_is_blank(const slow_chip *self) {
  const int16_t *sample = self->backlog;
  while (sample < self->backlog + EAR_LOOP_BACKLOG_BUFFERS * EAR_LOOP_SAMPLES)
    if (*sample++) return 0;
  return 1;
}

void slow_chip_free(slow_chip *self) {
  free(self);
}
