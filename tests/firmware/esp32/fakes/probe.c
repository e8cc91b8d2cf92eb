/* The ear's task, a loudspeaker and a ring, made and moved by functions that take numbers: for Python. */
#include <stdlib.h>
#include <string.h>

#include "../../../../firmware/esp32/ear_memory.h"
#include "../../../../firmware/esp32/ear_task.h"
#include "../../../../firmware/esp32/loudspeaker.h"
#include "../../../../firmware/esp32/microphone.h"
#include "../../../../firmware/esp32/ring_output.h"

typedef struct {
  ear_task task;
  microphone microphone;
  clip_player clip;
  ear *ear;
  uint32_t told;
} probe;

static void tell(void *context) {
  probe *self = context;
  __atomic_add_fetch(&self->told, 1, __ATOMIC_SEQ_CST);
}

static void finish(probe *self, const ear_source *source, uint32_t calm_ms, uint32_t stale_buffers) {
  self->ear = calloc(1, ear_bytes());
  ear_init(self->ear, calloc(1, features_bytes()));
  self->task.tell = tell;
  self->task.tell_context = self;
  mute_pin_open(&self->task.pin);
  const mute_hardware hardware = mute_pin_hardware(&self->task.pin);
  int16_t *backlog = calloc(1, EAR_LOOP_BACKLOG_BYTES);
  ear_loop_init(&self->task.loop, self->ear, source, &hardware, backlog, calm_ms, stale_buffers);
}

static probe *begin(int switch_pin, int power_pin) {
  probe *self = calloc(1, sizeof *self);
  self->task.pin = (mute_pin){.pin = switch_pin, .active_high = 1, .power = {power_pin, 1}};
  return self;
}

static sound_bus bus_of(int slot_bits, int channel, int pdm) {
  return (sound_bus){.pdm = pdm,
                     .clock = 4,
                     .select = 5,
                     .data = 6,
                     .master_clock = -1,
                     .primary = 1,
                     .slot_bits = slot_bits,
                     .sample_rate = SOUND_BUS_INPUT_RATE,
                     .channel = (sound_bus_channel)channel};
}

/* shared_data: the data pin of a loudspeaker on the same lines, or -1. */
probe *probe_microphone(int switch_pin, int power_pin, int slot_bits, int channel, int pdm, int shared_data,
                        uint32_t calm_ms, uint32_t stale_buffers) {
  probe *self = begin(switch_pin, power_pin);
  ear_source source;
  const sound_bus bus = bus_of(slot_bits, channel, pdm);
  sound_bus loudspeaker = bus;
  loudspeaker.data = shared_data;
  loudspeaker.channel = SOUND_BUS_LEFT;
  if (microphone_open(&self->microphone, &bus, shared_data >= 0 ? &loudspeaker : NULL, 0, &source) != ESP_OK)
    return NULL;
  finish(self, &source, calm_ms, stale_buffers);
  return self;
}

probe *probe_clip(int switch_pin, const uint8_t *file, size_t byte_length, int in_steps) {
  probe *self = begin(switch_pin, -1);
  mic_clip clip;
  if (mic_clip_open(&clip, file, byte_length)) return NULL;
  ear_source source;
  clip_player_open(&self->clip, &clip, !in_steps, &source);
  self->task.stepped = in_steps;
  finish(self, &source, 1, 1);
  return self;
}

ear *probe_ear(probe *self) {
  return self->ear;
}

int probe_start(probe *self) {
  return ear_task_start(&self->task);
}

void probe_step(probe *self) {
  ear_task_step(&self->task);
}

int probe_clip_is_over(const probe *self) {
  return clip_player_is_over(&self->clip);
}

void probe_end(probe *self) {
  ear_task_end(&self->task);
  if (self->microphone.channel) microphone_close(&self->microphone);
}

int probe_ask(probe *self, int request, double number) {
  return ear_loop_ask(&self->task.loop, (ear_loop_request)request, number);
}

void probe_set_muted(probe *self, int muted) {
  mute_request(&self->task.loop.mute, muted);
}

int probe_is_muted(const probe *self) {
  return mute_is_on(&self->task.loop.mute);
}

size_t probe_take_event(probe *self, char *text) {
  return ear_loop_take_event(&self->task.loop, text);
}

int probe_level_db(const probe *self) {
  return ear_loop_level_db(&self->task.loop);
}

double probe_elapsed(const probe *self) {
  return ear_loop_elapsed_samples(&self->task.loop);
}

uint32_t probe_told(const probe *self) {
  return __atomic_load_n(&self->told, __ATOMIC_SEQ_CST);
}

static uint32_t cues_ended;

static void count_cue(void *context) {
  (void)context;
  __atomic_add_fetch(&cues_ended, 1, __ATOMIC_SEQ_CST);
}

loudspeaker *probe_loudspeaker(int rate, int amplifier_pin) {
  loudspeaker *self = calloc(1, sizeof *self);
  sound_bus bus = bus_of(16, SOUND_BUS_LEFT, 0);
  bus.clock = 15;
  bus.data = 17;
  bus.sample_rate = rate;
  self->sample_rate = (uint32_t)rate;
  self->amplifier = (line){amplifier_pin, 1};
  self->tell = count_cue;
  self->cue = calloc(1, cue_bytes());
  cues_ended = 0;
  return loudspeaker_open(self, &bus) == ESP_OK ? self : NULL;
}

uint32_t probe_cues_ended(void) {
  return __atomic_load_n(&cues_ended, __ATOMIC_SEQ_CST);
}

ring_output *probe_ring(int data_pin, int clock_pin) {
  ring_output *self = calloc(1, sizeof *self);
  const esp_err_t status = clock_pin >= 0 ? ring_output_open_spi(self, data_pin, clock_pin, 4096)
                                          : ring_output_open_rmt(self, data_pin);
  return status == ESP_OK ? self : NULL;
}
