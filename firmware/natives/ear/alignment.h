/* How well rows of the phone model fit the ways in which a word is said, and where in them it ended.
 *
 * Token passing over CTC as in the decoder, but over one short line of phones: in every row the word may begin, and
 * in every row it may have ended. The loss of an alignment is what the word's classes lose in its rows, what fits badly
 * made worse; divided by its phones, words of any length compare. */
#ifndef EARSHOT_ALIGNMENT_H
#define EARSHOT_ALIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#include "../decoder/decoder.h"
#include "second_look_numbers.h"

#define ALIGNMENT_MAX_PRONUNCIATIONS 4
#define ALIGNMENT_MAX_PHONES 24
/* Ends that lie further back are forgotten: 600 ms. */
#define ALIGNMENT_RECENT_ROWS 20
#define ALIGNMENT_NO_FIT INT32_MAX

typedef struct {
  int32_t loss;   /* 1/256 nat */
  uint32_t began; /* the frame with which its first phone came */
} alignment_token;

typedef struct {
  int phone_count;
  uint64_t phones[ALIGNMENT_MAX_PHONES];          /* a bit for each class that may stand there */
  alignment_token sounding[ALIGNMENT_MAX_PHONES]; /* in this phone */
  alignment_token passed[ALIGNMENT_MAX_PHONES];   /* in the blank after it */
} alignment_pronunciation;

typedef struct {
  int32_t loss_per_phone; /* 1/256 nat; ALIGNMENT_NO_FIT when the word cannot have ended here */
  uint32_t frame;
  uint32_t began; /* the frame with which its first phone came */
} alignment_end;

typedef struct {
  int pronunciation_count;
  alignment_pronunciation pronunciations[ALIGNMENT_MAX_PRONUNCIATIONS];
  alignment_end ends[ALIGNMENT_RECENT_ROWS];
  int next_end;
} alignment;

/* Takes pronunciations written as bytes: for each phone its class, 1 to DECODER_CLASSES - 1; another class that may
 * stand in the same place follows with 0x80 added; 0 ends a pronunciation. No bytes: none. Returns 0, and has none,
 * when they are not of this form, longer than ALIGNMENT_MAX_PHONES or more than ALIGNMENT_MAX_PRONUNCIATIONS. */
int alignment_set(alignment *self, const uint8_t *bytes, size_t byte_length);

/* Forgets all rows. */
void alignment_reset(alignment *self);

/* Makes what the classes of a row lose against its best one, in 1/256 nat, into what an alignment loses by them: what
 * the best class itself loses comes on top, and what fits badly counts more. Once for all words. */
void alignment_weigh(int32_t losses[DECODER_CLASSES]);

/* losses: of each class, weighed, in the row that came with this frame. */
void alignment_row(alignment *self, const int32_t losses[DECODER_CLASSES], uint32_t frame);

/* The frame of the last row; 0 before the first. */
uint32_t alignment_newest_frame(const alignment *self);

/* The best of the recent ends, of equals the latest. */
void alignment_best(const alignment *self, alignment_end *best);

#endif
