#include "history.h"

#include <string.h>

/* Strings all records that are not in use together. */
static void link_free(history *self) {
  self->first_free = 0;
  for (uint16_t i = DECODER_MAX_HISTORY - 1; i > 0; i--) {
    if (self->in_use[i]) continue;
    self->records[i].previous = self->first_free;
    self->first_free = i;
  }
}

void history_clear(history *self) {
  memset(self->in_use, 0, sizeof self->in_use);
  link_free(self);
}

static void collect(history *self, const hypotheses *living) {
  memset(self->in_use, 0, sizeof self->in_use);
  for (uint16_t i = 0; i < living->count; i++) {
    uint16_t at = living->all[i].history;
    while (at != 0 && !self->in_use[at]) {
      self->in_use[at] = 1;
      at = self->records[at].previous;
    }
  }
  link_free(self);
}

uint16_t history_add(history *self, uint16_t previous, uint16_t output, const hypotheses *living) {
  if (self->first_free == 0) collect(self, living);
  uint16_t added = self->first_free;
  if (added == 0) return 0;
  self->first_free = self->records[added].previous;
  self->in_use[added] = 1;
  self->records[added].previous = previous;
  self->records[added].output = output;
  return added;
}
