#include "reports.h"

#include "alignment.h"
#include "ear.h"
#include "event_text.h"
#include "word_verifier.h"

typedef struct {
  char buffer[EAR_EVENT_BYTES];
  event_text text;
} report;

static void begin(report *self, const char *type, uint64_t sample) {
  event_text_begin(&self->text, self->buffer, EAR_EVENT_BYTES, type, sample);
}

/* An event that did not fit goes out as a fault that names it: nothing is dropped in silence. */
static void send(report *self, event_queue *queue, uint64_t sample) {
  size_t length = event_text_end(&self->text);
  if (length == 0) {
    const char *type = self->text.type;
    begin(self, "fault", sample);
    event_text_string(&self->text, "what", type);
    length = event_text_end(&self->text);
  }
  event_queue_add(queue, self->buffer, length);
}

static void put_nats(report *self, const char *key, int32_t value) {
  event_text_thousandths(&self->text, key, (int)((int64_t)value * 1000 / 256));
}

static void put_wake_report(report *self, const wake_report *about) {
  event_text_string(&self->text, "word", about->word);
  event_text_thousandths(&self->text, "confidence", (int)((int64_t)about->mean * 1000 / 65536));
  if (about->loss_per_phone != ALIGNMENT_NO_FIT) {
    put_nats(self, "lossNats", about->loss_per_phone);
    event_text_thousandths(&self->text, "talk", about->talk * 1000 / 256);
  }
  if (about->logit != WORD_VERIFIER_NO_LOGIT) put_nats(self, "verifier", about->logit);
}

void report_wake_word(event_queue *queue, uint64_t sample, const wake_report *heard, uint64_t end_sample) {
  report event;
  begin(&event, "wakeWordHeard", sample);
  put_wake_report(&event, heard);
  if (heard->loss_per_phone != ALIGNMENT_NO_FIT)
    event_text_integer(&event.text, "endSample", (int64_t)end_sample);
  send(&event, queue, sample);
}

void report_near_miss(event_queue *queue, uint64_t sample, const wake_report *missed, const char *reason,
                      int level) {
  report event;
  begin(&event, "nearMiss", sample);
  put_wake_report(&event, missed);
  event_text_string(&event.text, "reason", reason);
  event_text_integer(&event.text, "levelDb", level);
  send(&event, queue, sample);
}

void report_speech_started(event_queue *queue, uint64_t sample) {
  report event;
  begin(&event, "speechStarted", sample);
  send(&event, queue, sample);
}

void report_speech_ended(event_queue *queue, uint64_t sample, const char *reason) {
  report event;
  begin(&event, "speechEnded", sample);
  event_text_string(&event.text, "reason", reason);
  send(&event, queue, sample);
}

static void put_tokens(report *self, decoder *commands) {
  event_text_list_begin(&self->text, "tokens");
  const int count = decoder_token_count(commands);
  for (int i = 0; i < count; i++) event_text_list_item(&self->text, decoder_token(commands, i));
  event_text_list_end(&self->text);
}

void report_command(event_queue *queue, uint64_t sample, decoder *commands, int is_doubted) {
  report event;
  begin(&event, is_doubted ? "commandDoubted" : "commandHeard", sample);
  event_text_thousandths(&event.text, "confidence", decoder_confidence(commands));
  put_tokens(&event, commands);
  send(&event, queue, sample);
}

void report_partial(event_queue *queue, uint64_t sample, decoder *commands) {
  report event;
  begin(&event, "partial", sample);
  put_tokens(&event, commands);
  send(&event, queue, sample);
}

void report_fault(event_queue *queue, uint64_t sample, const char *what) {
  report event;
  begin(&event, "fault", sample);
  event_text_string(&event.text, "what", what);
  send(&event, queue, sample);
}

static size_t take_lost(event_queue *queue, uint64_t sample, char *text) {
  event_text event;
  event_text_begin(&event, text, EAR_EVENT_BYTES, "eventsLost", sample);
  event_text_integer(&event, "count", queue->lost);
  queue->lost = 0;
  return event_text_end(&event);
}

size_t take_report(event_queue *queue, uint64_t sample, char *text) {
  return queue->lost ? take_lost(queue, sample, text) : event_queue_take(queue, text);
}
