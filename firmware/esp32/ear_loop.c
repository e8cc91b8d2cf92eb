#include "ear_loop.h"

#include <string.h>

#include "../natives/ear/event_text.h"

/* For how long a microphone may give nothing. */
#define FAULT_MS 1000

typedef struct {
  double number;
  uint32_t request;
} message;

/* Goes before each event's text. What lasts is about the machine: a mute does not make it void. */
typedef struct {
  uint32_t era;
  uint32_t lasts;
} stamp;

static void cut(void *context, int off) {
  ear_loop *self = context;
  __atomic_store_n(&self->powered, !off, __ATOMIC_SEQ_CST);
  if (self->board_cut) self->board_cut(self->board_context, off);
}

static int switch_asks(void *context) {
  const ear_loop *self = context;
  return self->board_asks && self->board_asks(self->board_context);
}

static int gather(void *context);

void ear_loop_init(ear_loop *self, ear *listener, const ear_source *source, const mute_hardware *hardware,
                   int16_t *backlog, uint32_t calm_ms, uint32_t stale_buffers) {
  memset(self, 0, sizeof *self);
  self->ear = listener;
  self->source = *source;
  self->board_cut = hardware->cut;
  self->board_asks = hardware->asks;
  self->board_context = hardware->context;
  mic_samples_init(&self->samples, &source->format);
  mic_backlog_init(&self->backlog, backlog, EAR_LOOP_SAMPLES, EAR_LOOP_BACKLOG_BUFFERS);
  queue_init(&self->requests, self->request_memory, sizeof self->request_memory);
  queue_init(&self->events, self->event_memory, sizeof self->event_memory);
  self->level_db = EAR_LOOP_NO_LEVEL;
  ear_set_muted(listener, 1);
  ear_set_breather(listener, gather, self);
  const mute_hardware gate = {switch_asks, cut, self};
  mute_init(&self->mute, &gate, calm_ms, stale_buffers);
}

double ear_loop_elapsed_samples(const ear_loop *self) {
  return (double)__atomic_load_n(&self->buffers, __ATOMIC_ACQUIRE) * EAR_LOOP_SAMPLES;
}

int ear_loop_level_db(const ear_loop *self) {
  return mute_is_on(&self->mute) ? EAR_LOOP_NO_LEVEL : __atomic_load_n(&self->level_db, __ATOMIC_RELAXED);
}

static void let_pass(ear_loop *self, uint32_t samples) {
  self->behind_samples += samples;
  const uint32_t whole = self->behind_samples / EAR_LOOP_SAMPLES;
  self->behind_samples %= EAR_LOOP_SAMPLES;
  __atomic_store_n(&self->buffers, self->buffers + whole, __ATOMIC_RELEASE);
}

static void send(ear_loop *self, size_t text_length, int lasts) {
  const stamp before = {mute_era(&self->mute), (uint32_t)lasts};
  memcpy(self->message, &before, sizeof before);
  queue_put(&self->events, self->message,
            EAR_LOOP_STAMP_BYTES + text_length); /* what does not fit is counted */
  self->has_news = 1;
}

static char *text_of(ear_loop *self) {
  return (char *)self->message + EAR_LOOP_STAMP_BYTES;
}

static void report(ear_loop *self, const char *type, const char *what, uint32_t lost_samples) {
  event_text event;
  event_text_begin(&event, text_of(self), EAR_EVENT_BYTES, type, (uint64_t)ear_loop_elapsed_samples(self));
  if (what) event_text_string(&event, "what", what);
  if (lost_samples) event_text_integer(&event, "lostSamples", lost_samples);
  send(self, event_text_end(&event), 1);
}

static void report_ear_events(ear_loop *self) {
  for (size_t length = ear_take_event(self->ear, text_of(self)); length > 0;
       length = ear_take_event(self->ear, text_of(self)))
    send(self, length, 0);
}

static void obey(ear_loop *self) {
  message asked;
  while (queue_take(&self->requests, &asked, sizeof asked) == sizeof asked) {
    switch ((ear_loop_request)asked.request) {
    case EAR_LOOP_LISTEN:
      ear_listen(self->ear, asked.number);
      break;
    case EAR_LOOP_STOP_LISTENING:
      ear_stop_listening(self->ear);
      break;
    case EAR_LOOP_SET_SENSITIVITY:
      ear_set_sensitivity(self->ear, (ear_sensitivity)asked.number);
      break;
    case EAR_LOOP_SET_GUARD:
      ear_set_guard(self->ear, (ear_guard)asked.number);
      break;
    }
  }
}

/* A source that gives nothing is a fault, told once. */
static void watch_source(ear_loop *self, int gives, uint32_t elapsed_ms) {
  const uint32_t before_ms = self->silent_ms;
  self->silent_ms = gives ? 0 : before_ms + elapsed_ms;
  if (before_ms < FAULT_MS && self->silent_ms >= FAULT_MS)
    report(self, "fault", "the microphone gives no samples", 0);
}

static void stop_source(ear_loop *self) {
  if (self->running) self->source.stop(self->source.context);
  self->running = 0;
}

/* Where the mute has cut the power the microphone stands still. */
static void follow_power(ear_loop *self) {
  if (!__atomic_load_n(&self->powered, __ATOMIC_SEQ_CST)) {
    stop_source(self);
  } else if (!self->running) {
    self->running = self->source.start(self->source.context);
    if (!self->running) watch_source(self, 0, EAR_LOOP_STEP_MS);
  }
}

/* Returns how long it took, by the clock of samples. */
static uint32_t read_source(ear_loop *self, size_t *byte_length) {
  *byte_length = 0;
  if (!self->running) {
    self->source.pause(self->source.context);
    return EAR_LOOP_STEP_MS;
  }
  *byte_length = self->source.read(self->source.context, self->bus, EAR_LOOP_PATIENCE_MS);
  const uint32_t elapsed_ms = *byte_length > 0 ? EAR_LOOP_STEP_MS : EAR_LOOP_PATIENCE_MS;
  watch_source(self, *byte_length > 0, elapsed_ms);
  return elapsed_ms;
}

static void count_lost(ear_loop *self) {
  const uint32_t lost = self->source.take_lost(self->source.context);
  if (lost == 0) return;
  let_pass(self, lost);
  report(self, "audioOverran", NULL, lost);
}

static void measure(ear_loop *self) {
  level_add(&self->loudness, self->heard, EAR_LOOP_SAMPLES);
  if (self->loudness.count == EAR_LOOP_LEVEL_SAMPLES)
    __atomic_store_n(&self->level_db, level_take(&self->loudness), __ATOMIC_RELAXED);
}

static void hear(ear_loop *self, size_t byte_length) {
  if (byte_length == 0) return;
  mic_samples_convert(&self->samples, self->bus, self->heard, EAR_LOOP_SAMPLES);
  measure(self);
  ear_hear(self->ear, self->heard, EAR_LOOP_SAMPLES);
}

/* A mute also takes the level of what was heard before. */
static void close_ear(ear_loop *self) {
  level_take(&self->loudness);
  __atomic_store_n(&self->level_db, EAR_LOOP_NO_LEVEL, __ATOMIC_RELAXED);
  ear_set_muted(self->ear, 1);
}

/* The gate of the ear itself follows the mute's, and its clock goes on behind it. */
static void keep_out(ear_loop *self, mute_verdict verdict) {
  if (verdict == MUTE_BEGAN) close_ear(self);
  memset(self->heard, 0, sizeof self->heard);
  ear_hear(self->ear, self->heard, EAR_LOOP_SAMPLES);
  if (verdict == MUTE_ENDED) ear_set_muted(self->ear, 0);
  if (verdict == MUTE_ENDED) mic_samples_restart(&self->samples);
  if (verdict != MUTE_DROP) self->has_news = 1;
}

/* A mute also takes what was admitted before and has not been heard. */
static void forget_backlog(ear_loop *self) {
  self->forgotten_buffers += (uint32_t)mic_backlog_forget(&self->backlog);
  self->has_news = 1;
}

/* One buffer that is there already, from the driver to the backlog. While that is full it stays with the driver, which
 * counts what it loses. */
static mute_verdict gather_buffer(ear_loop *self, int *is_there) {
  size_t byte_length = 0;
  if (self->running && !mic_backlog_is_full(&self->backlog))
    byte_length = self->source.read(self->source.context, self->bus, 0);
  *is_there = byte_length > 0;
  const uint32_t elapsed_ms = *is_there ? EAR_LOOP_STEP_MS : 0;
  let_pass(self, elapsed_ms * (FEATURES_SAMPLE_RATE / 1000));
  if (*is_there) watch_source(self, 1, elapsed_ms);
  const mute_verdict verdict = mute_admit(&self->mute, self->bus, byte_length, elapsed_ms);
  if (*is_there && verdict == MUTE_HEAR)
    mic_samples_convert(&self->samples, self->bus, mic_backlog_add(&self->backlog), EAR_LOOP_SAMPLES);
  else if (*is_there)
    self->forgotten_buffers++;
  return verdict;
}

/* The ear's breather, with the gate open. Returns 1 when a mute has begun. It asks the switch at least once. */
static int gather(void *context) {
  ear_loop *self = context;
  int is_there = 1;
  while (is_there) {
    if (gather_buffer(self, &is_there) == MUTE_HEAR) continue;
    forget_backlog(self);
    return 1;
  }
  return 0;
}

/* Hears the oldest that waits. */
static void catch_up(ear_loop *self) {
  const int is_muted = gather(self);
  count_lost(self);
  if (is_muted) {
    close_ear(self);
  } else {
    mic_backlog_take(&self->backlog, self->heard);
    measure(self);
    ear_hear(self->ear, self->heard, EAR_LOOP_SAMPLES);
  }
}

/* The ear is muted, and only counts. */
static void pass_forgotten(ear_loop *self) {
  memset(self->heard, 0, sizeof self->heard);
  for (; self->forgotten_buffers > 0; self->forgotten_buffers--)
    ear_hear(self->ear, self->heard, EAR_LOOP_SAMPLES);
}

static void hear_source(ear_loop *self) {
  size_t byte_length;
  const uint32_t elapsed_ms = read_source(self, &byte_length);
  let_pass(self, elapsed_ms * (FEATURES_SAMPLE_RATE / 1000));
  count_lost(self);
  const mute_verdict verdict = mute_admit(&self->mute, self->bus, byte_length, elapsed_ms);
  if (verdict == MUTE_HEAR)
    hear(self, byte_length);
  else
    keep_out(self, verdict);
}

int ear_loop_step(ear_loop *self) {
  obey(self);
  follow_power(self);
  if (self->backlog.count > 0)
    catch_up(self);
  else
    hear_source(self);
  if (self->forgotten_buffers > 0) pass_forgotten(self);
  report_ear_events(self);
  const int has_news = self->has_news;
  self->has_news = 0;
  return has_news;
}

void ear_loop_open_at_once(ear_loop *self) {
  const uint32_t calm_ms = self->mute.calm_needed_ms;
  for (uint32_t i = 0; i <= self->mute.stale_buffers; i++)
    if (mute_admit(&self->mute, self->bus, sizeof self->bus, calm_ms) == MUTE_ENDED)
      ear_set_muted(self->ear, 0);
}

void ear_loop_end(ear_loop *self) {
  stop_source(self);
  cut(self, 1);
}

int ear_loop_ask(ear_loop *self, ear_loop_request request, double number) {
  const message asked = {number, (uint32_t)request};
  return queue_put(&self->requests, &asked, sizeof asked);
}

static size_t take_lost(ear_loop *self, char *text) {
  const uint32_t lost = queue_take_lost(&self->events);
  if (lost == 0) return 0;
  event_text event;
  event_text_begin(&event, text, EAR_EVENT_BYTES, "eventsLost", (uint64_t)ear_loop_elapsed_samples(self));
  event_text_integer(&event, "count", lost);
  return event_text_end(&event);
}

size_t ear_loop_take_event(ear_loop *self, char *text) {
  const size_t lost = take_lost(self, text);
  if (lost > 0) return lost;
  for (size_t taken = queue_take(&self->events, self->taken, sizeof self->taken); taken > 0;
       taken = queue_take(&self->events, self->taken, sizeof self->taken)) {
    stamp before;
    memcpy(&before, self->taken, sizeof before);
    if (!before.lasts && !mute_is_current(&self->mute, before.era)) continue;
    const size_t length = taken - sizeof before;
    memcpy(text, self->taken + sizeof before, length);
    text[length] = 0;
    return length;
  }
  return 0;
}
