/* Reads a job from the standard input: the number of a driver, then what that driver wants. */
#include <string.h>

#include "harness.h"
#include "machine.h"

#ifndef JOB_BYTES /* esp32s3.c has less room */
#define JOB_BYTES (6 << 20)
#define MEMORY_BYTES (4 << 20)
#endif

static void (*const drivers[])(job *job) = {
    drive_features, drive_wake_word, drive_phones,    drive_decoder, drive_whole, drive_ring,
    drive_cues,     drive_queue,     drive_mute,      drive_mic,     drive_clip,  drive_health,
    drive_mel,      drive_plain,     drive_resources, drive_voice,
};

static uint8_t job_memory[JOB_BYTES] __attribute__((aligned(16)));
static uint8_t memory[MEMORY_BYTES] __attribute__((aligned(16)));
static size_t memory_used;

uint32_t job_number(job *self) {
  uint32_t number = 0;
  if (self->left < sizeof number) return 0;
  memcpy(&number, self->bytes, sizeof number);
  self->bytes += sizeof number;
  self->left -= sizeof number;
  return number;
}

const void *job_string(job *self, size_t *byte_length) {
  *byte_length = job_number(self);
  const size_t padded = (*byte_length + 3) & ~(size_t)3;
  if (padded > self->left) harness_fail("the job ends too early");
  void *copy = harness_memory(*byte_length);
  memcpy(copy, self->bytes, *byte_length);
  self->bytes += padded;
  self->left -= padded;
  return copy;
}

void *harness_memory(size_t byte_length) {
  void *result = memory + memory_used;
  memory_used += (byte_length + 15) & ~(size_t)15;
  if (memory_used > MEMORY_BYTES) harness_fail("no memory left");
  return result;
}

void harness_fail(const char *why) {
  machine_write(why, strlen(why));
  machine_exit(2);
}

uint32_t dice_throw(dice *self, uint32_t below) {
  self->state = self->state * 1664525u + 1013904223u;
  return (self->state >> 8) % below;
}

int main(void) {
  job job = {job_memory, machine_read(job_memory, JOB_BYTES)};
  const uint32_t number = job_number(&job);
  if (number >= sizeof drivers / sizeof *drivers) harness_fail("no such driver");
  drivers[number](&job);
  return 0;
}
