#include "search.h"

/* Of the paths in the beam so many go on. */
#define KEPT_HYPOTHESES 768

static hypothesis entering(const hypothesis *from, uint16_t node, int32_t loss, uint16_t row,
                           int32_t allowed) {
  hypothesis fresh = *from;
  fresh.stretch = (uint16_t)(fresh.stretch > allowed ? fresh.stretch - allowed : 0);
  hypothesis to = hypothesis_losing(&fresh, loss);
  to.place = node;
  to.phones++;
  to.last_phone_row = row;
  to.has_entered = 1;
  return to;
}

static void enter_nodes(search *self, hypotheses *next, const hypothesis *from, uint16_t state,
                        int blocked_phone, const search_row *row) {
  const graph *net = &self->graph;
  uint32_t end = graph_first_arc(net, state + 1u);
  for (uint32_t arc = graph_first_arc(net, state); arc < end; arc++) {
    uint16_t node = graph_arc_node(net, arc);
    int phone = net->node_phones[node];
    if (phone == blocked_phone || from->loss + row->losses[phone] > next->best_loss + SEARCH_BEAM) continue;
    hypothesis to = entering(from, node, row->losses[phone], row->number, self->judge.allowed);
    hypotheses_offer(next, &self->index, &to, SEARCH_BEAM);
  }
}

/* After the last phone of a state: blank, or anything where that may follow. */
static hypothesis resting(const search *self, const hypothesis *from, uint16_t state, const search_row *row) {
  int is_open = graph_follows(&self->graph, state) == GRAPH_ANYTHING_FOLLOWS;
  int32_t loss = is_open ? (row->is_new_phone ? self->judge.anything : 0) : row->losses[0];
  hypothesis to = *from;
  if (is_open)
    to.loss += loss;
  else
    to = hypothesis_losing(from, loss);
  if (is_open && row->best_class != 0) to.last_phone_row = row->number;
  to.place = (uint16_t)(state | PLACE_IS_STATE);
  return to;
}

/* All ways on from one hypothesis: the phone or blank goes on, blank follows the phone, another phone begins.
 */
static void go_on(search *self, hypotheses *next, const hypothesis *from, const search_row *row) {
  const graph *net = &self->graph;
  uint16_t state = from->place & (uint16_t)~PLACE_IS_STATE;
  int phone = 0;
  if (!(from->place & PLACE_IS_STATE)) {
    phone = net->node_phones[from->place];
    state = graph_u16(net->node_targets, from->place);
    hypothesis same = hypothesis_losing(from, row->losses[phone]);
    same.last_phone_row = row->number;
    hypotheses_offer(next, &self->index, &same, SEARCH_BEAM);
  }
  hypothesis to = resting(self, from, state, row);
  hypotheses_offer(next, &self->index, &to, SEARCH_BEAM);
  enter_nodes(self, next, from, state, phone, row);
}

/* Only who survived the row is worth a record. */
static void note_outputs(search *self, hypotheses *set) {
  for (uint16_t i = 0; i < set->count; i++) {
    hypothesis *here = &set->all[i];
    if (!here->has_entered) continue;
    here->has_entered = 0;
    uint16_t output = graph_node_output(&self->graph, here->place);
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

const hypotheses *search_advance(search *self, const search_row *row, const hypothesis *begin,
                                 int32_t competitor_loss) {
  hypotheses *current = &self->sets[self->current];
  self->current ^= 1;
  hypotheses *next = &self->sets[self->current];
  hypotheses_forget(current, &self->index);
  next->count = 0;
  next->best_loss = competitor_loss;
  for (uint16_t i = 0; i < current->count; i++) go_on(self, next, &current->all[i], row);
  if (begin) enter_nodes(self, next, begin, self->graph.root_state, 0, row);
  hypotheses_prune(next, &self->index, next->best_loss + SEARCH_BEAM, KEPT_HYPOTHESES);
  note_outputs(self, next);
  return next;
}

uint16_t search_state_of(const search *self, uint16_t place) {
  if (place & PLACE_IS_STATE) return place & (uint16_t)~PLACE_IS_STATE;
  return graph_u16(self->graph.node_targets, place);
}
