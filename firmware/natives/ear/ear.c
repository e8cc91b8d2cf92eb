#include "ear.h"

#include <string.h>

#include "event_queue.h"
#include "event_text.h"
#include "spotter.h"

/* 2.56 s of features, 20 KiB: a wake word, the delay of its detection and the way to JavaScript and back. */
#define HISTORY_FRAMES 256
/* What the phone model hears before the decoder does, so that its state has settled. */
#define WARM_UP_FRAMES 60

typedef struct {
  uint16_t frames[HISTORY_FRAMES][FEATURES_CHANNELS];
  uint32_t count; /* frames since the last reset; frame i lies at i % HISTORY_FRAMES */
} history;

typedef struct {
  char name[EAR_NAME_BYTES];
  spotter spotter;
} wake_word;

struct ear {
  features *front_end;
  uint64_t samples; /* the sample clock: everything heard or kept out since ear_init */
  int muted;
  history history;
  wake_word wake_words[EAR_MAX_WAKE_WORDS];
  int wake_word_count;
  stream phones; /* unused while commands is NULL */
  decoder *commands;
  int listening;
  int speech_heard;   /* since listening began */
  int partial_tokens; /* how many the last partial event had */
  event_queue events;
};

const char *ear_status_text(ear_status status) {
  switch (status) {
  case EAR_OK:
    return "fine";
  case EAR_TOO_MANY_WAKE_WORDS:
    return "one ear takes at most 4 wake words";
  case EAR_BAD_WAKE_WORD:
    return "needs a name of 1 to 31 bytes, a cutoff of 0 to 1 and a sliding window of 1 to 32";
  case EAR_BAD_MODEL:
    return "not a streaming model of this kind: wants int8 [1, stride, 40] in, one result out";
  case EAR_BAD_LOGITS:
    return "output scale must be above 0 and at most 8, the blank penalty within 50 nats";
  }
  return "unknown status";
}

size_t ear_bytes(void) {
  return sizeof(ear);
}

void ear_init(ear *self, features *front_end) {
  memset(self, 0, sizeof *self);
  self->front_end = front_end;
  features_reset(front_end);
  event_queue_clear(&self->events);
}

ear_status ear_add_wake_word(ear *self, const char *name, model *net, int cutoff, int window) {
  if (self->wake_word_count == EAR_MAX_WAKE_WORDS) return EAR_TOO_MANY_WAKE_WORDS;
  const size_t name_length = strlen(name);
  if (name_length == 0 || name_length >= EAR_NAME_BYTES) return EAR_BAD_WAKE_WORD;
  if (!spotter_accepts(cutoff, window)) return EAR_BAD_WAKE_WORD;
  wake_word *word = &self->wake_words[self->wake_word_count];
  if (!spotter_init(&word->spotter, net, cutoff, window)) return EAR_BAD_MODEL;
  memcpy(word->name, name, name_length + 1);
  self->wake_word_count++;
  return EAR_OK;
}

ear_status ear_set_commands(ear *self, model *phones, decoder *commands, float blank_penalty) {
  self->listening = 0;
  self->commands = NULL;
  if (!phones || !commands) return EAR_OK;
  if (!stream_init(&self->phones, phones)) return EAR_BAD_MODEL;
  const model_tensor *output = &self->phones.output;
  if (output->type != MODEL_INT8 || output->byte_length % DECODER_CLASSES != 0) return EAR_BAD_MODEL;
  if (!decoder_set_logit_scale(commands, output->scale, blank_penalty)) return EAR_BAD_LOGITS;
  self->commands = commands;
  return EAR_OK;
}

static void forget_everything(ear *self) {
  features_reset(self->front_end);
  memset(&self->history, 0, sizeof self->history);
  for (int i = 0; i < self->wake_word_count; i++) spotter_reset(&self->wake_words[i].spotter);
  if (self->commands) {
    stream_reset(&self->phones);
    decoder_start(self->commands);
  }
  self->listening = 0;
  event_queue_clear(&self->events);
}

static void begin_event(const ear *self, event_text *event, char *buffer, const char *type) {
  event_text_begin(event, buffer, EAR_EVENT_BYTES, type, self->samples);
}

/* An event that did not fit goes out as a fault that names it: nothing is dropped in silence. */
static void send(ear *self, event_text *event) {
  size_t length = event_text_end(event);
  if (length == 0) {
    const char *type = event->type;
    begin_event(self, event, event->text, "fault");
    event_text_string(event, "what", type);
    length = event_text_end(event);
  }
  event_queue_add(&self->events, event->text, length);
}

void ear_set_muted(ear *self, int muted) {
  if (!self->muted == !muted) return;
  self->muted = muted != 0;
  forget_everything(self);
}

static void report_wake_word(ear *self, const char *name, int permille) {
  char buffer[EAR_EVENT_BYTES];
  event_text event;
  begin_event(self, &event, buffer, "wakeWordHeard");
  event_text_string(&event, "word", name);
  event_text_permille(&event, "confidence", permille);
  send(self, &event);
}

static void report_tokens(ear *self, const char *type, int with_confidence) {
  char buffer[EAR_EVENT_BYTES];
  event_text event;
  begin_event(self, &event, buffer, type);
  if (with_confidence) event_text_permille(&event, "confidence", decoder_confidence(self->commands));
  event_text_list_begin(&event, "tokens");
  const int count = decoder_token_count(self->commands);
  for (int i = 0; i < count; i++) event_text_list_item(&event, decoder_token(self->commands, i));
  event_text_list_end(&event);
  send(self, &event);
}

static void report_speech_ended(ear *self, const char *reason) {
  char buffer[EAR_EVENT_BYTES];
  event_text event;
  begin_event(self, &event, buffer, "speechEnded");
  event_text_string(&event, "reason", reason);
  send(self, &event);
}

static void conclude(ear *self, decoder_state state) {
  self->listening = 0;
  if (state == DECODER_FOUND)
    report_tokens(self, "commandHeard", 1);
  else
    report_speech_ended(self, state == DECODER_SILENCE ? "silence" : "notUnderstood");
}

static void report_progress(ear *self) {
  if (!self->speech_heard && decoder_speech_heard(self->commands)) {
    char buffer[EAR_EVENT_BYTES];
    event_text event;
    begin_event(self, &event, buffer, "speechStarted");
    send(self, &event);
    self->speech_heard = 1;
  }
  const int tokens = decoder_token_count(self->commands);
  if (tokens > self->partial_tokens) report_tokens(self, "partial", 0);
  self->partial_tokens = tokens;
}

static void understand(ear *self, const uint16_t *frame) {
  if (!stream_frame(&self->phones, frame)) return;
  const int8_t *logits = self->phones.output.data;
  const int rows = self->phones.output.byte_length / DECODER_CLASSES;
  for (int row = 0; row < rows && self->listening; row++) {
    const decoder_state state = decoder_step(self->commands, logits + row * DECODER_CLASSES);
    if (state == DECODER_SEARCHING)
      report_progress(self);
    else
      conclude(self, state);
  }
}

void ear_listen(ear *self, double since_sample) {
  if (self->muted || !self->commands) return;
  history *past = &self->history;
  const double back = ((double)self->samples - since_sample) / FEATURES_HOP_SAMPLES;
  const uint32_t kept = past->count < HISTORY_FRAMES ? past->count : HISTORY_FRAMES;
  const uint32_t decoded = !(back > 0.0) ? 0 : back >= (double)kept ? kept : (uint32_t)back; /* NaN: now */
  const uint32_t stride = (uint32_t)self->phones.stride_frames;
  uint32_t warm_up = kept - decoded < WARM_UP_FRAMES ? kept - decoded : WARM_UP_FRAMES;
  warm_up -= warm_up % stride; /* so that decoding begins with a stride of its own */
  stream_reset(&self->phones);
  decoder_start(self->commands);
  self->listening = 1;
  self->speech_heard = 0;
  self->partial_tokens = 0;
  for (uint32_t i = past->count - decoded - warm_up; i != past->count && self->listening; i++) {
    const uint16_t *frame = past->frames[i % HISTORY_FRAMES];
    if (warm_up > 0) {
      warm_up--;
      stream_frame(&self->phones, frame);
    } else {
      understand(self, frame);
    }
  }
}

void ear_stop_listening(ear *self) {
  self->listening = 0;
}

static void hear_frame(ear *self, const uint16_t frame[FEATURES_CHANNELS]) {
  memcpy(self->history.frames[self->history.count++ % HISTORY_FRAMES], frame, sizeof self->history.frames[0]);
  for (int i = 0; i < self->wake_word_count; i++) {
    wake_word *word = &self->wake_words[i];
    const int permille = spotter_frame(&word->spotter, frame);
    if (permille >= 0) report_wake_word(self, word->name, permille);
  }
  if (self->listening) understand(self, frame);
}

void ear_hear(ear *self, const int16_t *samples, size_t count) {
  if (self->muted) {
    self->samples += count; /* the gate: not one sample goes further */
    return;
  }
  while (count > 0) {
    uint16_t frame[FEATURES_CHANNELS];
    int ready = 0;
    const size_t consumed = features_push(self->front_end, samples, count, frame, &ready);
    self->samples += consumed;
    samples += consumed;
    count -= consumed;
    if (ready) hear_frame(self, frame);
  }
}

static size_t take_lost(ear *self, char *text) {
  event_text event;
  begin_event(self, &event, text, "eventsLost");
  event_text_integer(&event, "count", self->events.lost);
  self->events.lost = 0;
  return event_text_end(&event);
}

size_t ear_take_event(ear *self, char *text) {
  if (self->events.lost) return take_lost(self, text);
  return event_queue_take(&self->events, text);
}
