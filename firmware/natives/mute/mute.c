#include "mute.h"

#include <string.h>

static uint32_t shared(const uint32_t *word) {
  return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static void share(uint32_t *word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

static void set_power(mute *self, int off) {
  if (self->hardware.cut) self->hardware.cut(self->hardware.context, off);
  __atomic_thread_fence(__ATOMIC_SEQ_CST); /* the line has moved before anything else is looked at */
}

void mute_init(mute *self, const mute_hardware *hardware, uint32_t calm_needed_ms, uint32_t stale_buffers) {
  memset(self, 0, sizeof *self);
  self->hardware = *hardware;
  self->calm_needed_ms = calm_needed_ms > 0 ? calm_needed_ms : 1; /* so that power comes back in one place */
  self->stale_buffers = stale_buffers > 0 ? stale_buffers : 1;
  set_power(self, 1);
}

/* Somebody asks for a mute, or has asked since the last buffer. */
static mute_verdict close_gate(mute *self, uint32_t edges, uint32_t requests) {
  const uint32_t was_open = self->open;
  share(&self->open, 0);                 /* step close-gate: before the next, or mute_is_on could miss both */
  share(&self->seen_edges, edges);       /* step note-edges */
  share(&self->seen_requests, requests); /* step note-requests */
  self->calm_ms = 0;
  set_power(self, 1); /* step close-power: for JavaScript's mute, and for an interrupt that is late */
  return was_open ? MUTE_BEGAN : MUTE_DROP;
}

/* Nobody asks, and for long enough: power first, then the old buffers go by. */
static void begin_opening(mute *self) {
  self->stale_left = self->stale_buffers;
  set_power(self, 0); /* step give-power */
  /* step look-again: an interrupt between the last look and the line before has been undone by it. */
  if (shared(&self->edges) != self->seen_edges) set_power(self, 1); /* step cut-again */
}

static mute_verdict wait_to_open(mute *self, size_t byte_length, uint32_t elapsed_ms) {
  if (self->calm_ms < self->calm_needed_ms) {
    const uint32_t missing_ms = self->calm_needed_ms - self->calm_ms;
    self->calm_ms += elapsed_ms < missing_ms ? elapsed_ms : missing_ms; /* step grow-calm */
    if (self->calm_ms == self->calm_needed_ms) begin_opening(self);
    return MUTE_DROP;
  }
  if (byte_length == 0) return MUTE_DROP;
  if (--self->stale_left > 0) return MUTE_DROP; /* step drop-stale */
  share(&self->open, 1);                        /* step open-gate */
  return MUTE_ENDED;
}

static int switch_asks(const mute *self) {
  const int asks = self->hardware.asks && self->hardware.asks(self->hardware.context);
  __atomic_thread_fence(__ATOMIC_SEQ_CST); /* the switch has been read before its edges are */
  return asks;
}

/* The order of the four looks matters. The switch comes first: an edge shows in its interrupt status or, from
 * before it leaves there, in `edges`. Looked at the other way round, an interrupt in between would hide it. */
mute_verdict mute_admit(mute *self, void *buffer, size_t byte_length, uint32_t elapsed_ms) {
  const int asks = switch_asks(self);                  /* step read-switch */
  const uint32_t edges = shared(&self->edges);         /* step read-edges */
  const uint32_t requests = shared(&self->requests);   /* step read-requests */
  const uint32_t requested = shared(&self->requested); /* step read-requested */
  const int moved = edges != self->seen_edges || requests != self->seen_requests;
  mute_verdict verdict = MUTE_HEAR;
  if (asks || requested || moved)
    verdict = close_gate(self, edges, requests);
  else if (!self->open)
    verdict = wait_to_open(self, byte_length, elapsed_ms);
  if (verdict != MUTE_HEAR && byte_length > 0) memset(buffer, 0, byte_length); /* step zero */
  return verdict;
}

void mute_request(mute *self, int muted) {
  share(&self->requested, muted != 0);        /* step request */
  share(&self->requests, self->requests + 1); /* step count-request: so that a short one is not missed */
}

int mute_is_on(const mute *self) {
  return shared(&self->requested) || !mute_is_current(self, mute_era(self)) || !shared(&self->open);
}

uint32_t mute_era(const mute *self) {
  return shared(&self->seen_edges) + shared(&self->seen_requests);
}

int mute_is_current(const mute *self, uint32_t era) {
  return shared(&self->edges) + shared(&self->requests) == era;
}
