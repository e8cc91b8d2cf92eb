#include "hypotheses.h"

#define BUCKETS 64

hypothesis hypothesis_losing(const hypothesis *from, int32_t loss) {
  hypothesis to = *from;
  int32_t stretch = from->stretch + loss;
  to.loss += loss;
  to.stretch = (uint16_t)(stretch < HYPOTHESIS_MAX_STRETCH ? stretch : HYPOTHESIS_MAX_STRETCH);
  if (to.stretch > to.worst) to.worst = to.stretch;
  return to;
}

static uint16_t *entry_of(place_index *index, uint16_t place) {
  return place & PLACE_IS_STATE ? &index->of_state[place & ~PLACE_IS_STATE] : &index->of_node[place];
}

/* Full: the better half stays. Equal losses may all go; a later, better one is then let in. */
static int make_room(hypotheses *self, place_index *index, int32_t beam) {
  hypotheses_prune(self, index, self->best_loss + beam, DECODER_MAX_HYPOTHESES / 2);
  return self->count < DECODER_MAX_HYPOTHESES;
}

void hypotheses_offer(hypotheses *self, place_index *index, const hypothesis *offered, int32_t beam) {
  if (offered->loss > self->best_loss + beam) return;
  uint16_t *entry = entry_of(index, offered->place);
  if (*entry != 0) {
    hypothesis *there = &self->all[*entry - 1];
    if (offered->loss >= there->loss) return;
    *there = *offered;
  } else {
    if (self->count == DECODER_MAX_HYPOTHESES && !make_room(self, index, beam)) return;
    self->all[self->count++] = *offered;
    *entry = self->count;
  }
  if (offered->loss < self->best_loss) self->best_loss = offered->loss;
}

/* The highest loss that lets at most `keep` through, to the width of a bucket. */
static int32_t limit_for(const hypotheses *self, int32_t limit, uint16_t keep) {
  uint16_t in_bucket[BUCKETS] = {0};
  int32_t lowest = self->best_loss;
  int32_t width = (limit - lowest) / BUCKETS + 1;
  for (uint16_t i = 0; i < self->count; i++) {
    if (self->all[i].loss <= limit) in_bucket[(self->all[i].loss - lowest) / width]++;
  }
  uint32_t through = 0;
  for (int32_t bucket = 0; bucket < BUCKETS; bucket++) {
    through += in_bucket[bucket];
    if (through > keep) return lowest + bucket * width - 1;
  }
  return limit;
}

void hypotheses_prune(hypotheses *self, place_index *index, int32_t limit, uint16_t keep) {
  if (self->count == 0 || limit < self->best_loss) {
    hypotheses_forget(self, index);
    self->count = 0;
    return;
  }
  if (self->count > keep) limit = limit_for(self, limit, keep);
  uint16_t kept = 0;
  for (uint16_t i = 0; i < self->count; i++) {
    uint16_t *entry = entry_of(index, self->all[i].place);
    if (self->all[i].loss > limit) {
      *entry = 0;
    } else {
      self->all[kept++] = self->all[i];
      *entry = kept;
    }
  }
  self->count = kept;
}

void hypotheses_forget(const hypotheses *self, place_index *index) {
  for (uint16_t i = 0; i < self->count; i++) *entry_of(index, self->all[i].place) = 0;
}
