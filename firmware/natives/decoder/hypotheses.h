/* The paths through the graph that are alive in one row: at most one for each place, the best. */
#ifndef EARSHOT_DECODER_HYPOTHESES_H
#define EARSHOT_DECODER_HYPOTHESES_H

#include "decoder.h"

/* A place is a node (its phone sounds) or, with this bit, a state (blank after a phone). */
#define PLACE_IS_STATE 0x8000u

#define HYPOTHESIS_MAX_STRETCH 0xffff

typedef struct {
  int32_t loss;       /* since the start, 1/256 nat */
  int32_t entry_loss; /* what was lost before the sentence began */
  uint16_t
      stretch; /* what the last phones lost beyond what they may, 1/256 nat, at most HYPOTHESIS_MAX_STRETCH */
  uint16_t worst; /* the largest stretch that there was */
  uint16_t place;
  uint16_t history; /* the newest record of what was put out; 0: none */
  uint16_t phones;
  uint16_t last_phone_row;
  uint16_t has_entered; /* its node in this row: the node's output is still to be noted */
} hypothesis;

typedef struct {
  uint16_t count;
  int32_t best_loss; /* of those there have been, or of a competitor: what the beam is measured from */
  hypothesis all[DECODER_MAX_HYPOTHESES];
} hypotheses;

/* A hypothesis that goes on at this loss. */
hypothesis hypothesis_losing(const hypothesis *from, int32_t loss);

/* For each place 1 + the hypothesis that is there, or 0. */
typedef struct {
  uint16_t of_node[DECODER_MAX_NODES];
  uint16_t of_state[DECODER_MAX_STATES];
} place_index;

/* Adds, or replaces a worse one at the same place; drops it when a better one is there or its loss is over
 * the beam. */
void hypotheses_offer(hypotheses *self, place_index *index, const hypothesis *offered, int32_t beam);

/* Takes out all with a loss above the limit, and then the worst until at most `keep` are left, equals
 * together. */
void hypotheses_prune(hypotheses *self, place_index *index, int32_t limit, uint16_t keep);

/* Takes this set's places out of the index. */
void hypotheses_forget(const hypotheses *self, place_index *index);

#endif
