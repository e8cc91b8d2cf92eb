#include "search.h"

/* Of the paths in the beam so many go on. */
#define KEPT_HYPOTHESES 768

static hypothesis entering(const hypothesis *from, uint16_t node, int32_t loss, uint16_t row) {
  hypothesis to = *from;
  to.loss += loss;
  to.place = node;
  to.phones++;
  to.last_phone_row = row;
  to.has_entered = 1;
  return to;
}

static void enter_nodes(search *self, hypotheses *next, const hypothesis *from, uint16_t state,
                        int blocked_phone, const int32_t *losses) {
  const network *net = &self->network;
  uint32_t end = network_first_arc(net, state + 1u);
  for (uint32_t arc = network_first_arc(net, state); arc < end; arc++) {
    uint16_t node = network_arc_node(net, arc);
    int phone = net->node_phones[node];
    if (phone == blocked_phone || from->loss + losses[phone] > next->best_loss + SEARCH_BEAM) continue;
    hypothesis to = entering(from, node, losses[phone], self->row);
    hypotheses_offer(next, &self->index, &to, SEARCH_BEAM);
  }
}

/* All ways on from one hypothesis: the phone or blank goes on, blank follows the phone, another phone begins.
 */
static void go_on(search *self, hypotheses *next, const hypothesis *from, const int32_t *losses) {
  const network *net = &self->network;
  hypothesis to = *from;
  uint16_t state = from->place & (uint16_t)~PLACE_IS_STATE;
  int phone = 0;
  if (!(from->place & PLACE_IS_STATE)) {
    phone = net->node_phones[from->place];
    state = network_u16(net->node_targets, from->place);
    to.loss = from->loss + losses[phone];
    to.last_phone_row = self->row;
    hypotheses_offer(next, &self->index, &to, SEARCH_BEAM);
    to.place = (uint16_t)(state | PLACE_IS_STATE);
    to.last_phone_row = from->last_phone_row;
  }
  to.loss = from->loss + losses[0];
  hypotheses_offer(next, &self->index, &to, SEARCH_BEAM);
  enter_nodes(self, next, from, state, phone, losses);
}

/* Only who survived the row is worth a record. */
static void note_outputs(search *self, hypotheses *set) {
  for (uint16_t i = 0; i < set->count; i++) {
    hypothesis *here = &set->all[i];
    if (!here->has_entered) continue;
    here->has_entered = 0;
    uint16_t output = network_node_output(&self->network, here->place);
    if (output == 0) continue;
    uint16_t added = history_add(&self->history, here->history, output, set);
    if (added == 0)
      here->loss = INT32_MAX / 2; /* without its past it is of no use: the next row gives it up */
    here->history = added;
  }
}

void search_start(search *self) {
  hypotheses_forget(&self->sets[self->current], &self->index);
  self->sets[0].count = self->sets[1].count = 0;
  history_clear(&self->history);
}

const hypotheses *search_advance(search *self, const int32_t *losses, uint16_t row, const hypothesis *begin,
                                 int32_t competitor_loss) {
  hypotheses *current = &self->sets[self->current];
  self->current ^= 1;
  hypotheses *next = &self->sets[self->current];
  self->row = row;
  hypotheses_forget(current, &self->index);
  next->count = 0;
  next->best_loss = competitor_loss;
  for (uint16_t i = 0; i < current->count; i++) go_on(self, next, &current->all[i], losses);
  if (begin) enter_nodes(self, next, begin, self->network.root_state, 0, losses);
  hypotheses_prune(next, &self->index, next->best_loss + SEARCH_BEAM, KEPT_HYPOTHESES);
  note_outputs(self, next);
  return next;
}

uint16_t search_state_of(const search *self, uint16_t place) {
  if (place & PLACE_IS_STATE) return place & (uint16_t)~PLACE_IS_STATE;
  return network_u16(self->network.node_targets, place);
}
