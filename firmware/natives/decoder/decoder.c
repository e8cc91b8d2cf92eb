#include "decoder.h"

#include <string.h>

#include "confidence.h"
#include "history.h"
#include "hypotheses.h"
#include "lead.h"
#include "network.h"

#define NAT 256 /* losses are in 1/256 nat */

/* Paths that lose this much against the best are given up; of the rest so many go on. */
#define BEAM (14 * NAT)
#define KEPT_HYPOTHESES 768
/* No single row may rule a path out on its own. */
#define MAX_ROW_LOSS (10 * NAT)

/* Rows of blank after the last phone until a sentence is taken as ended: when nothing more can follow, and when longer
 * sentences begin with the same words. */
#define END_ROWS (300 / DECODER_ROW_MS)
#define END_ROWS_WHEN_MORE_MAY_FOLLOW (810 / DECODER_ROW_MS)
/* Rows of silence in the middle of a sentence until it is taken as given up, and before anything is said. */
#define GIVE_UP_ROWS (900 / DECODER_ROW_MS)
#define SILENCE_ROWS (3000 / DECODER_ROW_MS + LEAD_ROWS)
/* Nobody speaks one sentence for so long. */
#define MAX_ROWS (15000 / DECODER_ROW_MS)

struct decoder {
  network network;
  int32_t value_of_logit[256]; /* of logit - 128, 1/256 nat */
  int32_t blank_penalty;
  decoder_state state;
  lead lead;
  hypothesis best;  /* of all, and of those that may end here; phones is 0 when there is none */
  hypothesis final;
  uint16_t token_count;
  uint8_t traced; /* the tokens are those of this row */
  uint8_t current;
  uint16_t tokens[DECODER_MAX_TOKENS];
  history history;
  place_index index; /* of the current set */
  hypotheses sets[2];
};

size_t decoder_bytes(void) { return sizeof(decoder); }

decoder_status decoder_load(decoder *self, const uint8_t *bytes, size_t byte_length, decoder_error *error) {
  memset(self, 0, sizeof *self);
  decoder_set_logit_scale(self, 0.125f, 0.0f);
  decoder_status status = network_read(&self->network, bytes, byte_length, error);
  decoder_start(self);
  return status;
}

int decoder_set_logit_scale(decoder *self, float scale, float blank_penalty) {
  if (!(scale > 0.0f && scale <= 8.0f)) return 0;
  if (!(blank_penalty >= -50.0f && blank_penalty <= 50.0f)) return 0;
  /* A float times a power of two is exact, so this is the same integer everywhere. */
  uint64_t step = (uint64_t)(scale * (float)(1u << 24)); /* 1/256 nat, 16 bits of fraction */
  for (uint32_t i = 0; i < 256; i++) self->value_of_logit[i] = (int32_t)(i * step >> 16);
  self->blank_penalty = (int32_t)(blank_penalty * (float)NAT);
  return 1;
}

void decoder_start(decoder *self) {
  hypotheses_forget(&self->sets[self->current], &self->index);
  memset(&self->lead, 0, sizeof self->lead);
  memset(&self->best, 0, sizeof self->best);
  memset(&self->final, 0, sizeof self->final);
  self->sets[0].count = self->sets[1].count = 0;
  self->state = self->network.state_count == 0 ? DECODER_SILENCE : DECODER_SEARCHING;
  self->traced = 0;
  history_clear(&self->history);
}

/* What each class loses against the row's best; returns the best class. */
static int row_losses(const decoder *self, const int8_t *logits, int32_t losses[DECODER_CLASSES]) {
  int best = 0;
  for (int i = 0; i < DECODER_CLASSES; i++) {
    losses[i] = self->value_of_logit[logits[i] + 128] - (i == 0 ? self->blank_penalty : 0);
    if (losses[i] > losses[best]) best = i;
  }
  int32_t highest = losses[best];
  for (int i = 0; i < DECODER_CLASSES; i++) {
    losses[i] = highest - losses[i];
    if (losses[i] > MAX_ROW_LOSS) losses[i] = MAX_ROW_LOSS;
  }
  return best;
}

static hypothesis entering(const hypothesis *from, uint16_t node, int32_t loss, uint16_t row) {
  hypothesis to = *from;
  if (from->flags & HYPOTHESIS_WORD_DONE) {
    int32_t word = confidence_word_loss(from->loss - from->word_loss, from->word_phones);
    if (word > to.worst_word) to.worst_word = word;
    to.word_loss = from->loss;
    to.word_phones = 0;
  }
  to.loss += loss;
  to.place = node;
  to.phones++;
  to.word_phones++;
  to.last_phone_row = row;
  to.flags = HYPOTHESIS_ENTERED;
  return to;
}

static void enter_nodes(decoder *self, hypotheses *next, const hypothesis *from, uint16_t state, int blocked_phone,
                        const int32_t *losses) {
  const network *net = &self->network;
  uint32_t end = network_first_arc(net, state + 1u);
  for (uint32_t arc = network_first_arc(net, state); arc < end; arc++) {
    uint16_t node = network_u16(net->arcs, arc);
    int phone = net->node_phones[node];
    if (phone == blocked_phone || from->loss + losses[phone] > next->best_loss + BEAM) continue;
    hypothesis to = entering(from, node, losses[phone], self->lead.rows);
    hypotheses_offer(next, &self->index, &to, BEAM);
  }
}

/* All ways on from one hypothesis: the phone or blank goes on, blank follows the phone, another phone begins. */
static void go_on(decoder *self, hypotheses *next, const hypothesis *from, const int32_t *losses) {
  const network *net = &self->network;
  hypothesis to = *from;
  uint16_t state = from->place & (uint16_t)~PLACE_IS_STATE;
  int phone = 0;
  if (!(from->place & PLACE_IS_STATE)) {
    phone = net->node_phones[from->place];
    state = network_u16(net->node_targets, from->place);
    to.loss = from->loss + losses[phone];
    to.last_phone_row = self->lead.rows;
    hypotheses_offer(next, &self->index, &to, BEAM);
    to.place = (uint16_t)(state | PLACE_IS_STATE);
    to.last_phone_row = from->last_phone_row;
  }
  to.loss = from->loss + losses[0];
  hypotheses_offer(next, &self->index, &to, BEAM);
  enter_nodes(self, next, from, state, phone, losses);
}

static int says_a_word(const network *net, uint16_t output) {
  uint32_t end = network_u16(net->first_items, output + 1u);
  for (uint32_t item = network_u16(net->first_items, output); item < end; item++) {
    if (network_u16(net->items, item) & NETWORK_ITEM_IS_WORD) return 1;
  }
  return 0;
}

/* Only who survived the row is worth a record. */
static void note_outputs(decoder *self, hypotheses *set) {
  for (uint16_t i = 0; i < set->count; i++) {
    hypothesis *here = &set->all[i];
    if (!(here->flags & HYPOTHESIS_ENTERED)) continue;
    here->flags = 0;
    uint16_t output = network_node_output(&self->network, here->place);
    if (output == 0) continue;
    if (says_a_word(&self->network, output)) here->flags = HYPOTHESIS_WORD_DONE;
    uint16_t added = history_add(&self->history, here->history, output, set);
    if (added == 0) here->loss = INT32_MAX / 2; /* without its past it is of no use: the next row gives it up */
    here->history = added;
  }
}

static uint16_t state_of(const network *net, uint16_t place) {
  return place & PLACE_IS_STATE ? (uint16_t)(place & ~PLACE_IS_STATE) : network_u16(net->node_targets, place);
}

static void choose_best(decoder *self, const hypotheses *set) {
  self->best.phones = self->final.phones = 0;
  for (uint16_t i = 0; i < set->count; i++) {
    const hypothesis *here = &set->all[i];
    if (self->best.phones == 0 || here->loss < self->best.loss) self->best = *here;
    if (state_of(&self->network, here->place) >= self->network.ending_state_count) continue;
    if (self->final.phones == 0 || here->loss < self->final.loss) self->final = *here;
  }
}

/* Nothing but what stood before a sentence explains what was heard better. */
static int lead_wins(const decoder *self, const hypothesis *against) {
  return lead_is_open(&self->lead) && self->lead.loss <= against->loss;
}

static int final_is_accepted(const decoder *self) {
  if (self->final.phones == 0 || lead_wins(self, &self->final)) return 0;
  return confidence_of(&self->final) >= CONFIDENCE_ACCEPTED;
}

static uint8_t final_ending(const decoder *self) {
  return self->network.state_endings[state_of(&self->network, self->final.place)];
}

static int final_has_ended(const decoder *self) {
  if (self->final.phones == 0 || self->final.loss > self->best.loss) return 0;
  int32_t rows = self->network.ending_may_go_on[final_ending(self)] ? END_ROWS_WHEN_MORE_MAY_FOLLOW : END_ROWS;
  return self->lead.rows - 1 - self->final.last_phone_row >= rows;
}

decoder_state decoder_finish(decoder *self) {
  if (self->state != DECODER_SEARCHING) return self->state;
  self->traced = 0;
  if (final_is_accepted(self)) return self->state = DECODER_FOUND;
  return self->state = lead_heard_speech(&self->lead) ? DECODER_NOT_UNDERSTOOD : DECODER_SILENCE;
}

static decoder_state judge(decoder *self) {
  const lead *heard = &self->lead;
  if (final_has_ended(self) && final_is_accepted(self)) return decoder_finish(self);
  if (heard->rows >= MAX_ROWS) return decoder_finish(self);
  if (!lead_heard_speech(heard)) return heard->rows >= SILENCE_ROWS ? decoder_finish(self) : DECODER_SEARCHING;
  return heard->blank_rows >= GIVE_UP_ROWS ? decoder_finish(self) : DECODER_SEARCHING;
}

decoder_state decoder_step(decoder *self, const int8_t *logits) {
  if (self->state != DECODER_SEARCHING) return self->state;
  int32_t losses[DECODER_CLASSES];
  int best_class = row_losses(self, logits, losses);
  hypotheses *current = &self->sets[self->current];
  self->current ^= 1;
  hypotheses *next = &self->sets[self->current];
  hypothesis begin = {0};
  begin.loss = begin.entry_loss = begin.word_loss = self->lead.loss;
  int may_begin = lead_is_open(&self->lead);

  hypotheses_forget(current, &self->index);
  next->count = 0;
  next->best_loss = INT32_MAX - BEAM;
  for (uint16_t i = 0; i < current->count; i++) go_on(self, next, &current->all[i], losses);
  if (may_begin) enter_nodes(self, next, &begin, self->network.root_state, 0, losses);
  lead_hear(&self->lead, best_class);
  if (lead_is_open(&self->lead) && self->lead.loss < next->best_loss) next->best_loss = self->lead.loss;
  hypotheses_prune(next, &self->index, next->best_loss + BEAM, KEPT_HYPOTHESES);
  note_outputs(self, next);
  choose_best(self, next);
  self->traced = 0;
  return judge(self);
}

int decoder_confidence(const decoder *self) {
  if (self->final.phones == 0 || lead_wins(self, &self->final)) return 0;
  return confidence_of(&self->final);
}

int32_t decoder_loss(const decoder *self) { return self->final.phones == 0 ? -1 : self->final.loss; }

static void put_tokens(decoder *self, uint16_t output) {
  uint32_t end = network_u16(self->network.first_items, output + 1u);
  for (uint32_t item = network_u16(self->network.first_items, output); item < end; item++) {
    if (self->token_count == DECODER_MAX_TOKENS) return;
    self->tokens[self->token_count++] = network_u16(self->network.items, item);
  }
}

static void trace(decoder *self) {
  const hypothesis *shown = self->state == DECODER_FOUND ? &self->final : &self->best;
  uint16_t outputs[DECODER_MAX_TOKENS];
  uint16_t count = 0;
  self->traced = 1;
  self->token_count = 0;
  if (shown->phones == 0 || (self->state != DECODER_FOUND && lead_wins(self, shown))) return;
  for (uint16_t at = shown->history; at != 0 && count < DECODER_MAX_TOKENS; at = self->history.records[at].previous) {
    outputs[count++] = self->history.records[at].output;
  }
  put_tokens(self, self->network.root_output);
  while (count > 0) put_tokens(self, outputs[--count]);
  if (self->state != DECODER_FOUND) return;
  put_tokens(self, network_u16(self->network.ending_outputs, final_ending(self)));
}

int decoder_token_count(decoder *self) {
  if (!self->traced) trace(self);
  return self->token_count;
}

const char *decoder_token(decoder *self, int index) {
  if (index < 0 || index >= decoder_token_count(self)) return "";
  return network_string(&self->network, self->tokens[index]);
}

int decoder_rows_since_phone(const decoder *self) {
  if (self->best.phones == 0 || lead_wins(self, &self->best)) return self->lead.blank_rows;
  return self->lead.rows - 1 - self->best.last_phone_row;
}

int decoder_speech_heard(const decoder *self) { return lead_heard_speech(&self->lead); }
