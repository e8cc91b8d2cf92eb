/* Which way each word of a sentence was said: the best path of CTC through words that may be said in several ways.
 *
 * A path is in a phone of some way of some word, in a blank between two of its phones, or in a blank between words. What was
 * chosen on the way there is a chain of links, newest first. */
#include <stdlib.h>
#include <string.h>

#define NEVER (-1e30)
#define IS_NEVER(x) ((x) <= NEVER / 2)

typedef struct {
  int way, before; /* before: the link of the word before, or -1 */
} link;

typedef struct {
  double chance; /* its logarithm */
  int chosen;    /* the newest link, or -1 */
} place;

typedef struct {
  int words;
  const int *first_way; /* of each word, and one more */
  const int *starts;    /* of each way among the phones, and one more */
  const int *phones;
  place *inside, *next_inside;   /* a way's phone, blank, phone, …, from twice its start on */
  place *between, *next_between; /* the blank before each word, and after the last */
  link *links;
  int link_count, link_room;
} search;

static int linked(search *self, int way, int before) {
  if (self->link_count == self->link_room) {
    link *more = realloc(self->links, sizeof(link) * 2 * self->link_room);
    if (more == NULL) return before; /* the word stays as it is usually said */
    self->links = more;
    self->link_room *= 2;
  }
  self->links[self->link_count] = (link){way, before};
  return self->link_count++;
}

static inline place better(place a, place b) {
  return b.chance > a.chance ? b : a;
}

static inline place onward(place from, float chance) {
  if (!IS_NEVER(from.chance)) from.chance += chance;
  return from;
}

static const place NOWHERE = {NEVER, -1};

static place end_of(const search *self, int way) {
  return self->inside[2 * self->starts[way + 1] - 2];
}

/* The best of the ends of the word before, but for ways that end in `unlike`. */
static place after_word(search *self, int word, int unlike) {
  place best = NOWHERE;
  int best_way = -1;
  for (int way = self->first_way[word]; way < self->first_way[word + 1]; way++) {
    place end = end_of(self, way);
    if (self->phones[self->starts[way + 1] - 1] == unlike || end.chance <= best.chance) continue;
    best = end;
    best_way = way;
  }
  if (best_way >= 0) best.chosen = linked(self, best_way, best.chosen);
  return best;
}

static void step_way(search *self, int word, int way, const float *chances) {
  const int first = self->starts[way], length = self->starts[way + 1] - first;
  const int *phones = self->phones + first;
  const place *now = self->inside + 2 * first;
  place *next = self->next_inside + 2 * first;
  place start = better(now[0], self->between[word]);
  if (word > 0) start = better(start, after_word(self, word - 1, phones[0]));
  next[0] = onward(start, chances[phones[0]]);
  for (int i = 1; i < length; i++) {
    next[2 * i - 1] = onward(better(now[2 * i - 1], now[2 * i - 2]), chances[0]);
    place phone = better(now[2 * i], now[2 * i - 1]);
    if (phones[i] != phones[i - 1]) phone = better(phone, now[2 * i - 2]);
    next[2 * i] = onward(phone, chances[phones[i]]);
  }
}

static void step_all(search *self, const float *chances) {
  for (int word = 0; word <= self->words; word++) {
    place blank = self->between[word];
    if (word > 0) blank = better(blank, after_word(self, word - 1, -1));
    self->next_between[word] = onward(blank, chances[0]);
    if (word == self->words) break;
    for (int way = self->first_way[word]; way < self->first_way[word + 1]; way++)
      step_way(self, word, way, chances);
  }
}

static void swap(place **a, place **b) {
  place *kept = *a;
  *a = *b;
  *b = kept;
}

static void choose(search *self, const float *chances, int steps, int labels, int *chosen) {
  const int ways = self->first_way[self->words], places = 2 * self->starts[ways];
  for (int i = 0; i < places; i++) self->inside[i] = NOWHERE;
  for (int i = 0; i <= self->words; i++) self->between[i] = NOWHERE;
  self->between[0].chance = 0;
  for (int step = 0; step < steps; step++) {
    step_all(self, chances + (size_t)step * labels);
    swap(&self->inside, &self->next_inside);
    swap(&self->between, &self->next_between);
  }
  place best = better(self->between[self->words], after_word(self, self->words - 1, -1));
  for (int word = self->words - 1, at = best.chosen; word >= 0 && at >= 0;
       word--, at = self->links[at].before)
    chosen[word] = self->links[at].way - self->first_way[word];
}

/* chances [steps, labels] are logarithms, the blank's first. Leaves in `chosen` which of its ways each word was said in, as
 * counted from the word's first; 0 where none fits. Returns 0, or -1 without memory. */
int choose_ways(const float *chances, int steps, int labels, int words, const int *first_way,
                const int *starts, const int *phones, int *chosen) {
  const int places = 2 * starts[first_way[words]];
  search self = {words, first_way, starts, phones, NULL, NULL, NULL, NULL, NULL, 0, 1 << 16};
  place *memory = malloc(sizeof(place) * 2 * ((size_t)places + words + 1));
  self.links = malloc(sizeof(link) * self.link_room);
  memset(chosen, 0, sizeof(int) * words);
  const int is_short = memory == NULL || self.links == NULL;
  if (!is_short) {
    self.inside = memory;
    self.next_inside = memory + places;
    self.between = memory + 2 * (size_t)places;
    self.next_between = self.between + words + 1;
    choose(&self, chances, steps, labels, chosen);
  }
  free(memory);
  free(self.links);
  return is_short ? -1 : 0;
}
