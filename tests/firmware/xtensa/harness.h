/* The natives, each driven by a job: bytes in, bytes out, the same on every machine. A job is a list of little-endian
 * 32-bit numbers and of byte strings, each behind its length and padded to 4. */
#ifndef EARSHOT_TEST_HARNESS_H
#define EARSHOT_TEST_HARNESS_H

#include <stddef.h>
#include <stdint.h>

#include "../../../firmware/natives/model/model.h"

typedef struct {
  const uint8_t *bytes;
  size_t left;
} job;

/* 0 once the job is used up. */
uint32_t job_number(job *self);

/* A byte string, copied to memory aligned to 16. */
const void *job_string(job *self, size_t *byte_length);

/* Zeroed memory for the driver, aligned to 16. Ends the program when there is none left. */
void *harness_memory(size_t byte_length);

/* A model whose file is the job's next byte string, in an arena of the size that it needs. */
model *harness_model(job *job);

/* Ends the program with exit status 2, the reason being its output. */
void harness_fail(const char *why) __attribute__((noreturn));

/* The same numbers everywhere, 0 … below - 1. */
typedef struct {
  uint32_t state;
} dice;
uint32_t dice_throw(dice *self, uint32_t below);

void drive_features(job *job);
void drive_wake_word(job *job);
void drive_phones(job *job);
void drive_decoder(job *job);
void drive_whole(job *job);
void drive_ring(job *job);
void drive_cues(job *job);
void drive_queue(job *job);
void drive_mute(job *job);
void drive_mic(job *job);
void drive_clip(job *job);
void drive_health(job *job);
void drive_mel(job *job);
void drive_plain(job *job);
void drive_resources(job *job);
void drive_voice(job *job);

#endif
