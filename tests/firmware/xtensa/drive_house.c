/* What surrounds the ear: microphone, ring, cues, queue and the mute protocol. */
#include <string.h>

#include "../../../firmware/natives/cues/cues.h"
#include "../../../firmware/natives/ear/mic_health.h"
#include "../../../firmware/natives/mic/mic_clip.h"
#include "../../../firmware/natives/mic/mic_samples.h"
#include "../../../firmware/natives/mute/mute.h"
#include "../../../firmware/natives/queue/queue.h"
#include "../../../firmware/natives/resources/resources.h"
#include "../../../firmware/natives/ring/ring_wire.h"
#include "../../../firmware/natives/voice/voice.h"
#include "harness.h"
#include "machine.h"

/* Settings and pixels, as often as there are; each picture's bytes on the wire out. */
void drive_ring(job *job) {
  uint8_t *wire = harness_memory(RING_WIRE_MAX_PIXELS * 5);
  while (job->left > 0) {
    ring_wire ring;
    ring.led = (ring_led)job_number(job);
    ring.order = (ring_order)job_number(job);
    ring.pixels = (int)job_number(job);
    ring.first = (int)job_number(job);
    ring.gamma = (int)job_number(job);
    ring.brightness_percent = (int)job_number(job);
    ring.current_limit_ua = (int32_t)job_number(job);
    ring.channel_current_ua = (int32_t)job_number(job);
    ring.idle_current_ua = (int32_t)job_number(job);
    size_t byte_length;
    const uint8_t *rgb = job_string(job, &byte_length);
    const char *problem = ring_wire_problem(&ring);
    if (problem) harness_fail(problem);
    ring_wire_render(&ring, rgb, wire);
    machine_write(wire, ring_wire_bytes(&ring));
  }
}

/* A sample rate and a volume in; every cue out, in pieces of 10 ms. */
void drive_cues(job *job) {
  const uint32_t rate = job_number(job);
  const int volume = (int)job_number(job);
  cue *player = harness_memory(cue_bytes());
  int16_t *samples = harness_memory(rate / 100 * sizeof *samples);
  for (int number = 0; number < CUE_COUNT; number++) {
    if (!cue_init(player, number, rate, volume)) harness_fail("a rate or volume out of range");
    for (size_t count; (count = cue_render(player, samples, rate / 100)) > 0;)
      machine_write(samples, count * sizeof *samples);
  }
}

/* A seed, a capacity and a number of steps in; what each step gave out. */
void drive_queue(job *job) {
  dice dice = {job_number(job)};
  const size_t capacity = job_number(job);
  queue messages;
  if (!queue_init(&messages, harness_memory(capacity), capacity)) harness_fail("a capacity out of range");
  uint8_t message[256];
  for (uint32_t steps = job_number(job); steps > 0; steps--) {
    const uint32_t length = dice_throw(&dice, 200);
    uint32_t result;
    if (dice_throw(&dice, 2)) {
      for (uint32_t i = 0; i < length; i++) message[i] = (uint8_t)dice_throw(&dice, 256);
      result = (uint32_t)queue_put(&messages, message, length);
    } else {
      result = (uint32_t)queue_take(&messages, message, 180);
      machine_write(message, result);
    }
    machine_write(&result, sizeof result);
  }
  const uint32_t lost = queue_take_lost(&messages);
  machine_write(&lost, sizeof lost);
}

/* A world for the mute protocol, in which anything may happen while it looks at the switch or moves the power. */
typedef struct {
  mute mute;
  dice dice;
  int switch_on, edge_waits, power_off;
  int muted_by_script;
} world;

static void move_switch(world *self) {
  self->switch_on = !self->switch_on;
  self->edge_waits = 1;
}

static void something_happens(world *self) {
  const uint32_t what = dice_throw(&self->dice, 64);
  if (what < 2) move_switch(self);
  if (what < 1) move_switch(self); /* a pulse */
  if (what == 3) {
    self->muted_by_script = !self->muted_by_script;
    mute_request(&self->mute, self->muted_by_script);
  }
  if (self->edge_waits && what >= 32) {
    self->edge_waits = 0;
    mute_edge(&self->mute);
  }
}

static int asks(void *context) {
  world *self = context;
  something_happens(self);
  const int result = self->switch_on || self->edge_waits;
  something_happens(self);
  return result;
}

static void cut(void *context, int off) {
  ((world *)context)->power_off = off;
}

/* A seed and a number of buffers in; each verdict, what is left of the buffer, and what the ring would show out. */
void drive_mute(job *job) {
  world *self = harness_memory(sizeof *self);
  const mute_hardware hardware = {asks, cut, self};
  self->dice.state = job_number(job);
  mute_init(&self->mute, &hardware, 20, 3);
  for (uint32_t buffers = job_number(job); buffers > 0; buffers--) {
    uint8_t buffer[320];
    memset(buffer, 0x55, sizeof buffer);
    something_happens(self);
    const uint8_t verdict = (uint8_t)mute_admit(&self->mute, buffer, sizeof buffer, 10);
    const uint8_t line[4] = {verdict, buffer[0] | buffer[319], (uint8_t)self->power_off,
                             (uint8_t)mute_is_on(&self->mute)};
    machine_write(line, sizeof line);
  }
}

/* Formats and what came over the bus, as often as there are; the samples out. */
void drive_mic(job *job) {
  while (job->left > 0) {
    mic_format format;
    format.slot_bits = (int)job_number(job);
    format.channels = (int)job_number(job);
    format.channel = (mic_channel)job_number(job);
    format.gain_bits = (int)job_number(job);
    format.keep_offset = (int)job_number(job);
    size_t byte_length;
    const void *bus = job_string(job, &byte_length);
    const size_t count = byte_length / mic_frame_bytes(&format);
    int16_t *samples = harness_memory(count * sizeof *samples);
    mic_samples converter;
    mic_samples_init(&converter, &format);
    mic_samples_convert(&converter, bus, samples, count);
    machine_write(samples, count * sizeof *samples);
  }
}

/* WAV files, as often as there are; out what is wrong with each, or its samples, read in pieces. */
void drive_clip(job *job) {
  int16_t samples[97];
  while (job->left > 0) {
    size_t byte_length;
    const uint8_t *file = job_string(job, &byte_length);
    mic_clip clip;
    const char *problem = mic_clip_open(&clip, file, byte_length);
    if (problem) machine_write(problem, strlen(problem));
    for (size_t count; !problem && (count = mic_clip_read(&clip, samples, 97)) > 0;)
      machine_write(samples, count * sizeof *samples);
    machine_write("\n", 1);
  }
}

/* Samples, as often as there are; out each verdict with the piece of 10 ms in which it was told. */
void drive_health(job *job) {
  mic_health health;
  mic_health_reset(&health);
  uint32_t piece = 0;
  while (job->left > 0) {
    size_t byte_length;
    const int16_t *samples = job_string(job, &byte_length);
    for (size_t at = 0; at + 160 <= byte_length / 2; at += 160, piece++) {
      const uint32_t told[2] = {piece, (uint32_t)mic_health_hear(&health, samples + at, 160)};
      if (told[1] != MIC_HEALTH_FINE) machine_write(told, sizeof told);
    }
  }
}

/* A seed, a number of attempts and a file of resources in; what is said of it, with a byte changed for each attempt but the
 * first, and what its first entry is, out. */
void drive_resources(job *job) {
  dice dice = {job_number(job)};
  const uint32_t attempts = job_number(job);
  size_t byte_length;
  const uint8_t *file = job_string(job, &byte_length);
  uint8_t *copy = harness_memory(byte_length);
  memcpy(copy, file, byte_length);
  for (uint32_t i = 0; i < attempts; i++) {
    const uint32_t at = dice_throw(&dice, (uint32_t)byte_length);
    if (i > 0) copy[at] ^= (uint8_t)(1 + dice_throw(&dice, 255));
    resources opened;
    resources_error error;
    resources_entry entry;
    resources_open(&opened, copy, byte_length, &error);
    if (resources_at(&opened, 0, &entry)) memcpy(error.detail, entry.name, strlen(entry.name) + 1);
    machine_write(error.detail, strlen(error.detail) + 1);
    copy[at] = file[at];
  }
}

/* A sample rate, a volume, lines of clips with a NUL behind, and a pack in; what is said out, in pieces of 10 ms. */
void drive_voice(job *job) {
  const uint32_t rate = job_number(job);
  const int volume = (int)job_number(job);
  size_t text_bytes, pack_bytes;
  const char *lines = (const char *)job_string(job, &text_bytes);
  const uint8_t *file = job_string(job, &pack_bytes);
  voice_pack pack;
  voice *player = harness_memory(voice_bytes());
  int16_t *samples = harness_memory(rate / 100 * sizeof *samples);
  if (!voice_pack_open(&pack, file, pack_bytes)) harness_fail("a damaged pack");
  if (!voice_begin(player, &pack, lines, rate, volume)) harness_fail("nothing to say");
  for (size_t count; (count = voice_render(player, samples, rate / 100)) > 0;)
    machine_write(samples, count * sizeof *samples);
}
