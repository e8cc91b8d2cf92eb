/* Reads a job from the standard input: the number of a part, then what that part wants. */
#include <string.h>

#include "machine.h"
#include "parts.h"

#ifndef JOB_BYTES /* esp32s3.c has less room */
#define JOB_BYTES (6 << 20)
#define MEMORY_BYTES (4 << 20)
#endif

static void (*const parts[])(job *job) = {
    part_features, part_wake_word, part_phones, part_decoder, part_whole,
    part_ring,     part_cues,      part_queue,  part_mute,    part_mic,
    part_clip,     part_health,    part_mel,    part_plain,   part_resources,
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
  if (padded > self->left) part_fail("the job ends too early");
  void *copy = part_memory(*byte_length);
  memcpy(copy, self->bytes, *byte_length);
  self->bytes += padded;
  self->left -= padded;
  return copy;
}

void *part_memory(size_t byte_length) {
  void *result = memory + memory_used;
  memory_used += (byte_length + 15) & ~(size_t)15;
  if (memory_used > MEMORY_BYTES) part_fail("no memory left");
  return result;
}

void part_fail(const char *why) {
  machine_write(why, strlen(why));
  machine_exit(2);
}

uint32_t dice_throw(dice *self, uint32_t below) {
  self->state = self->state * 1664525u + 1013904223u;
  return (self->state >> 8) % below;
}

int main(void) {
  job job = {job_memory, machine_read(job_memory, JOB_BYTES)};
  const uint32_t part = job_number(&job);
  if (part >= sizeof parts / sizeof *parts) part_fail("no such part");
  parts[part](&job);
  return 0;
}
