#include "decoder.h"

#include <string.h>

#include "confidence.h"
#include "lead.h"
#include "row.h"
#include "search.h"

/* Rows of blank after the last phone until a sentence is taken as ended: when nothing can follow that changes
 * its meaning, sooner where it is sure, and when a longer sentence begins with the same words. Shorter ones take the
 * beginnings of other talk for commands. */
#define END_ROWS (240 / DECODER_ROW_MS)
#define END_ROWS_WHEN_SURE (90 / DECODER_ROW_MS)
#define END_ROWS_WHEN_MORE_MAY_FOLLOW (690 / DECODER_ROW_MS)
#define CONFIDENCE_SURE 950
/* Rows of silence in the middle of a sentence until it is taken as given up, and of waiting for one: many think
 * for longer than 3 s before they say what they want. */
#define GIVE_UP_ROWS (900 / DECODER_ROW_MS)
#define SILENCE_ROWS (5000 / DECODER_ROW_MS + LEAD_ROWS)
/* Nobody speaks one sentence for so long. */
#define MAX_ROWS (15000 / DECODER_ROW_MS)

/* Measured with the phone model that ships: at a worst of 16 and 1 nat a phone one spoken order in ten was lost, at these
 * none (npm run commands:score -- --judge 1.5,20,0.5,0.8,1.5). */
const decoder_judge DECODER_JUDGE = {.allowed = 3 * 256 / 2,
                                     .worst = 20 * 256,
                                     .accepted = 500,
                                     .careful = 800,
                                     .doubted = 400,
                                     .anything = 3 * 256 / 2};

struct decoder {
  row_scale scale;
  decoder_state state;
  lead lead;
  hypothesis best; /* of all, and of those that may end here; phones is 0 when there is none */
  hypothesis final;
  uint16_t token_count;
  uint8_t traced; /* the tokens are those of this row */
  uint16_t tokens[DECODER_MAX_TOKENS];
  search search;
};

size_t decoder_bytes(void) {
  return sizeof(decoder);
}

decoder_status decoder_load(decoder *self, const uint8_t *bytes, size_t byte_length, decoder_error *error) {
  memset(self, 0, sizeof *self);
  decoder_set_logit_scale(self, 0.125f, 0.0f);
  self->search.judge = DECODER_JUDGE;
  decoder_status status = graph_read(&self->search.graph, bytes, byte_length, error);
  decoder_start(self);
  return status;
}

int decoder_set_logit_scale(decoder *self, float scale, float blank_penalty) {
  return row_scale_set(&self->scale, scale, blank_penalty);
}

static int is_loss(int32_t loss) {
  return loss >= 0 && loss <= 100 * 256;
}

static int is_confidence(int32_t permille) {
  return permille >= 0 && permille <= 1000;
}

int decoder_set_judge(decoder *self, const decoder_judge *judge) {
  if (!is_loss(judge->allowed) || !is_loss(judge->worst) || !is_loss(judge->anything)) return 0;
  if (!is_confidence(judge->accepted) || !is_confidence(judge->careful) || !is_confidence(judge->doubted))
    return 0;
  self->search.judge = *judge;
  return 1;
}

void decoder_start(decoder *self) {
  decoder_start_after(self, LEAD_ROWS);
}

void decoder_start_after(decoder *self, int tail_rows) {
  search_start(&self->search);
  lead_start(&self->lead, (uint16_t)(tail_rows < 0 ? 0 : tail_rows < LEAD_ROWS ? tail_rows : LEAD_ROWS));
  memset(&self->best, 0, sizeof self->best);
  memset(&self->final, 0, sizeof self->final);
  self->state = self->search.graph.state_count == 0 ? DECODER_SILENCE : DECODER_SEARCHING;
  self->traced = 0;
}

static void choose_best(decoder *self, const hypotheses *set) {
  self->best.phones = self->final.phones = 0;
  for (uint16_t i = 0; i < set->count; i++) {
    const hypothesis *here = &set->all[i];
    if (self->best.phones == 0 || here->loss < self->best.loss) self->best = *here;
    if (search_state_of(&self->search, here->place) >= self->search.graph.ending_state_count) continue;
    if (self->final.phones == 0 || here->loss < self->final.loss) self->final = *here;
  }
}

/* Nothing but what stood before a sentence explains what was heard better. */
static int lead_wins(const decoder *self, const hypothesis *against) {
  return lead_is_open(&self->lead) && self->lead.loss <= against->loss;
}

static uint8_t final_ending(const decoder *self) {
  return self->search.graph.state_endings[search_state_of(&self->search, self->final.place)];
}

static void put_tokens(decoder *self, uint16_t output) {
  uint32_t end = graph_u16(self->search.graph.first_items, output + 1u);
  for (uint32_t item = graph_u16(self->search.graph.first_items, output); item < end; item++) {
    if (self->token_count == DECODER_MAX_TOKENS) return;
    self->tokens[self->token_count++] = graph_u16(self->search.graph.items, item);
  }
}

static void trace(decoder *self, const hypothesis *shown) {
  uint16_t outputs[DECODER_MAX_TOKENS];
  uint16_t count = 0;
  self->token_count = 0;
  for (uint16_t at = shown->history; at != 0 && count < DECODER_MAX_TOKENS;
       at = self->search.history.records[at].previous) {
    outputs[count++] = self->search.history.records[at].output;
  }
  put_tokens(self, self->search.graph.root_output);
  while (count > 0) put_tokens(self, outputs[--count]);
  if (shown == &self->final)
    put_tokens(self, graph_u16(self->search.graph.ending_outputs, final_ending(self)));
}

static void trace_shown(decoder *self) {
  const int is_found = self->state == DECODER_FOUND || self->state == DECODER_DOUBTED;
  const hypothesis *shown = is_found ? &self->final : &self->best;
  self->traced = 1;
  self->token_count = 0;
  if (shown->phones == 0 || (!is_found && lead_wins(self, shown))) return;
  trace(self, shown);
}

static int final_says(decoder *self, const char *mark) {
  self->traced = 0;
  trace(self, &self->final);
  for (int i = 0; i < self->token_count; i++) {
    const char *token = graph_string(&self->search.graph, self->tokens[i]);
    if (strlen(token) == strlen(mark) && memcmp(token, mark, strlen(mark)) == 0) return 1;
  }
  return 0;
}

static int final_is_at_least(const decoder *self, int32_t confidence) {
  if (self->final.phones == 0 || lead_wins(self, &self->final)) return 0;
  return confidence_of(&self->final, &self->search.judge) >= confidence;
}

/* The grammar names it so that it is taken for no command. */
static int final_is_never_meant(decoder *self) {
  return final_is_at_least(self, self->search.judge.doubted) && final_says(self, "<never");
}

static int final_is_accepted(decoder *self) {
  const decoder_judge *judge = &self->search.judge;
  if (!final_is_at_least(self, judge->accepted) || final_says(self, "<never")) return 0;
  return final_is_at_least(self, judge->careful) || !final_says(self, "!");
}

static int final_is_doubted(decoder *self) {
  return final_is_at_least(self, self->search.judge.doubted) && !final_says(self, "<never");
}

static int32_t rows_to_the_end(const decoder *self) {
  const uint8_t follows = self->search.graph.ending_follows[final_ending(self)];
  if (follows == GRAPH_WORDS_FOLLOW || follows == GRAPH_ANYTHING_FOLLOWS)
    return END_ROWS_WHEN_MORE_MAY_FOLLOW;
  if (follows == GRAPH_THE_WORD_GOES_ON) return END_ROWS;
  return confidence_of(&self->final, &self->search.judge) >= CONFIDENCE_SURE ? END_ROWS_WHEN_SURE : END_ROWS;
}

static int final_has_ended(const decoder *self) {
  if (self->final.phones == 0 || self->final.loss > self->best.loss) return 0;
  return self->lead.rows - 1 - self->final.last_phone_row >= rows_to_the_end(self);
}

decoder_state decoder_finish(decoder *self) {
  if (self->state != DECODER_SEARCHING) return self->state;
  self->traced = 0;
  if (final_is_accepted(self)) return self->state = DECODER_FOUND;
  if (final_is_doubted(self)) return self->state = DECODER_DOUBTED;
  return self->state = decoder_speech_heard(self) ? DECODER_NOT_UNDERSTOOD : DECODER_SILENCE;
}

/* So few phones and silence again are a noise or a hesitation: the sentence is still to come. */
static decoder_state wait_on(decoder *self) {
  search_start(&self->search);
  lead_begin_again(&self->lead);
  self->best.phones = self->final.phones = 0;
  return DECODER_SEARCHING;
}

static decoder_state judge(decoder *self) {
  const lead *heard = &self->lead;
  if (final_has_ended(self) && final_is_accepted(self)) return decoder_finish(self);
  if (final_has_ended(self) && final_is_never_meant(self)) return self->state = DECODER_NOT_UNDERSTOOD;
  if (heard->rows >= MAX_ROWS) return decoder_finish(self);
  if (!lead_heard_speech(heard))
    return heard->rows >= SILENCE_ROWS ? decoder_finish(self) : DECODER_SEARCHING;
  if (heard->blank_rows < GIVE_UP_ROWS) return DECODER_SEARCHING;
  if (!lead_is_open(heard) || heard->rows >= SILENCE_ROWS || final_is_doubted(self))
    return decoder_finish(self);
  return wait_on(self);
}

decoder_state decoder_step(decoder *self, const int8_t *logits) {
  if (self->state != DECODER_SEARCHING) return self->state;
  int32_t losses[DECODER_CLASSES];
  int best_class = row_losses(&self->scale, logits, losses);
  hypothesis begin = {.loss = self->lead.loss, .entry_loss = self->lead.loss};
  begin.stretch = begin.worst =
      (uint16_t)(self->lead.spoken < HYPOTHESIS_MAX_STRETCH ? self->lead.spoken : HYPOTHESIS_MAX_STRETCH);
  int may_begin = lead_is_open(&self->lead);
  search_row row = {.number = self->lead.rows, .best_class = best_class, .losses = losses};
  row.is_new_phone = lead_hear(&self->lead, best_class, losses[0]);
  int32_t lead_loss = lead_is_open(&self->lead) ? self->lead.loss : SEARCH_NO_COMPETITOR;
  choose_best(self, search_advance(&self->search, &row, may_begin ? &begin : NULL, lead_loss));
  self->traced = 0;
  return judge(self);
}

int decoder_confidence(const decoder *self) {
  if (self->final.phones == 0 || lead_wins(self, &self->final)) return 0;
  return confidence_of(&self->final, &self->search.judge);
}

int32_t decoder_loss(const decoder *self) {
  return self->final.phones == 0 ? -1 : self->final.loss;
}

int decoder_token_count(decoder *self) {
  if (!self->traced) trace_shown(self);
  return self->token_count;
}

const char *decoder_token(decoder *self, int index) {
  if (index < 0 || index >= decoder_token_count(self)) return "";
  return graph_string(&self->search.graph, self->tokens[index]);
}

int decoder_speech_heard(const decoder *self) {
  return lead_heard_speech(&self->lead) || self->lead.has_murmured;
}
