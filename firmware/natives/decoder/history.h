/* What paths have put out: records that point back, shared by the paths with the same past. */
#ifndef EARSHOT_DECODER_HISTORY_H
#define EARSHOT_DECODER_HISTORY_H

#include "hypotheses.h"

typedef struct {
  uint16_t previous; /* the record before, or the next free one; 0: none */
  uint16_t output;
} history_record;

typedef struct {
  uint16_t first_free;
  uint8_t in_use[DECODER_MAX_HISTORY];
  history_record records[DECODER_MAX_HISTORY]; /* number 0 stands for no past */
} history;

void history_clear(history *self);

/* The number of a new record. When none is free, those of no living path are taken back first; 0 when that
 * frees none. */
uint16_t history_add(history *self, uint16_t previous, uint16_t output, const hypotheses *living);

#endif
