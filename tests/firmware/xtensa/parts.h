/* The natives, each driven by a job: bytes in, bytes out, the same on every machine. A job is a list of little-endian
 * 32-bit numbers and of byte strings, each behind its length and padded to 4. */
#ifndef EARSHOT_TEST_PARTS_H
#define EARSHOT_TEST_PARTS_H

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

/* Zeroed memory for the part, aligned to 16. Ends the program when there is none left. */
void *part_memory(size_t byte_length);

/* A model whose file is the job's next byte string, in an arena of the size that it needs. */
model *part_model(job *job);

/* Ends the program with exit status 2, the reason being its output. */
void part_fail(const char *why) __attribute__((noreturn));

/* The same numbers everywhere, 0 … below - 1. */
typedef struct {
  uint32_t state;
} dice;
uint32_t dice_throw(dice *self, uint32_t below);

void part_features(job *job);
void part_wake_word(job *job);
void part_phones(job *job);
void part_decoder(job *job);
void part_whole(job *job);
void part_ring(job *job);
void part_cues(job *job);
void part_queue(job *job);
void part_mute(job *job);
void part_mic(job *job);
void part_clip(job *job);
void part_health(job *job);
void part_mel(job *job);
void part_plain(job *job);
void part_resources(job *job);

#endif
