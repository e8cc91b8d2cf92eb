/* The mute protocol. Three parties share one `mute` and no lock:
 *
 *   - the switch's interrupt calls mute_edge on every edge, in either direction;
 *   - the ear task hands every buffer of samples to mute_admit before anything else sees it;
 *   - JavaScript may add a mute of its own (mute_request) and look (mute_is_on). It cannot take away the switch's.
 *
 * Promise: a buffer of which any sample was captured while the switch was on, or while JavaScript's mute was,
 * comes out of mute_admit zeroed and with a verdict other than MUTE_HEAR. mute.pml states the same protocol for
 * a model checker; the steps carry the same names there. README.md says what is proved and what is not.
 *
 * Every word that two parties see has one writer and is read and written whole, so loads and stores suffice:
 * no read-modify-write, no lock, no waiting in the interrupt. The object must lie in internal RAM. */
#ifndef EARSHOT_MUTE_H
#define EARSHOT_MUTE_H

#include <stddef.h>
#include <stdint.h>

/* What stands between the protocol and a board. Called by the ear task, `cut` by the interrupt too. */
typedef struct {
  /* The switch, asked anew: 1 when it reads on, and also when an edge of it waits in the pin's interrupt status
   * for an interrupt that has not run yet. The status must show an edge from the moment it happens until
   * mute_edge has counted it: acknowledge it after mute_edge, or take the interrupt on the ear task's own core,
   * where the handler is over before the task can look. NULL: the board has no switch. */
  int (*asks)(void *context);
  /* Takes the microphone's power or clock away (1) or gives it back (0). NULL: the board cannot. */
  void (*cut)(void *context, int off);
  void *context;
} mute_hardware;

typedef enum {
  MUTE_HEAR = 0, /* the buffer may be heard */
  MUTE_DROP,     /* the buffer is zeroed; nothing changed */
  MUTE_BEGAN,    /* zeroed; close the ear's gate and say so */
  MUTE_ENDED     /* zeroed; open the ear's gate and say so: the next buffer may be heard */
} mute_verdict;

typedef struct {
  mute_hardware hardware;
  uint32_t calm_needed_ms;
  uint32_t stale_buffers;
  uint32_t edges;      /* of the switch; the interrupt writes */
  uint32_t requested;  /* JavaScript's mute, 0 or 1; JavaScript writes */
  uint32_t requests;   /* how often JavaScript asked; JavaScript writes */
  uint32_t seen_edges; /* what the ear task had read of `edges` at the last buffer; it writes, as all below */
  uint32_t seen_requests; /* likewise of `requests` */
  uint32_t open;          /* whether buffers are heard */
  uint32_t calm_ms;       /* for how long nobody has asked for a mute; the ear task's alone, as the next */
  uint32_t stale_left;    /* buffers still to drop, since they may hold samples of before */
} mute;

/* Muted, until the switch has read off for calm_needed_ms (the bounce of its contacts: 50 is plenty) and
 * stale_buffers more buffers are gone: all that can hold an older sample, so those the driver queues, the one
 * being filled and the one being read. At least 1; more where the microphone needs time to settle. Before the
 * interrupt is enabled. The ear's gate is to be closed meanwhile. */
void mute_init(mute *self, const mute_hardware *hardware, uint32_t calm_needed_ms, uint32_t stale_buffers);

/* The ear task, once a buffer is complete: `elapsed_ms` after the last call. Without a buffer (the microphone
 * stands still) call it with NULL and 0 bytes, every few milliseconds, so that a mute can begin and end. */
mute_verdict mute_admit(mute *self, void *buffer, size_t byte_length, uint32_t elapsed_ms);

/* JavaScript's own mute. 0 takes back its own and nothing else. */
void mute_request(mute *self, int muted);

/* Whether anybody's mute is in force or the ear has not opened again yet: what the ring shows. Any thread. */
int mute_is_on(const mute *self);

/* The ear task, after MUTE_HEAR: a number to send with the events of this buffer ... */
uint32_t mute_era(const mute *self);
/* ... by which JavaScript drops an event when a mute has been asked for since it was heard. */
int mute_is_current(const mute *self, uint32_t era);

/* The interrupt, on every edge of the switch, rising or falling: a falling one may be all that is left of a
 * pulse. Inlined, so that it lies where the handler lies (IRAM). */
__attribute__((always_inline)) static inline void mute_edge(mute *self) {
  /* step count-edge: first, so that whoever gives power back after the next step sees it. The only writer. */
  __atomic_store_n(&self->edges, self->edges + 1, __ATOMIC_SEQ_CST);
  /* step cut-power */
  if (self->hardware.cut) self->hardware.cut(self->hardware.context, 1);
}

#endif
