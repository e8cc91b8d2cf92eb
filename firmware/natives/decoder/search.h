/* One row's step of token passing: all living paths go on in every way that the graph and CTC allow. */
#ifndef EARSHOT_DECODER_SEARCH_H
#define EARSHOT_DECODER_SEARCH_H

#include "graph.h"
#include "history.h"
#include "hypotheses.h"

/* Paths that lose this much (1/256 nat) against the best are given up. */
#define SEARCH_BEAM (14 * 256)
/* When nothing competes with the sentences. */
#define SEARCH_NO_COMPETITOR (INT32_MAX - SEARCH_BEAM)

typedef struct {
  graph graph;
  decoder_judge judge;
  uint8_t current;
  history history;
  place_index index; /* of the current set */
  hypotheses sets[2];
} search;

void search_start(search *self);

/* What one row tells. */
typedef struct {
  uint16_t number;
  int best_class;
  int is_new_phone; /* the best class is a phone, and another than before */
  const int32_t *losses;
} search_row;

/* begin: what a sentence that begins here has behind it, NULL when none
 * may. competitor_loss: of the best explanation outside of the graph. Returns the paths that live on. */
const hypotheses *search_advance(search *self, const search_row *row, const hypothesis *begin,
                                 int32_t competitor_loss);

/* The state that a path is in, or comes to after its phone. */
uint16_t search_state_of(const search *self, uint16_t place);

#endif
