/* The ear's events as texts in its queue. Each says at which sample it happened. */
#ifndef EARSHOT_REPORTS_H
#define EARSHOT_REPORTS_H

#include "../decoder/decoder.h"
#include "event_queue.h"

/* What there is to say about a word that woke, or nearly did. */
typedef struct {
  const char *word;
  int mean; /* the spotter's, 65536ths */
  int32_t
      loss_per_phone; /* the second look's, 1/256 nat; ALIGNMENT_NO_FIT when it found nothing or there was none */
  int32_t logit;      /* the word verifier's best, 1/256 nat; WORD_VERIFIER_NO_LOGIT when there was none */
  int talk;           /* before it, 256ths */
} wake_report;

void report_wake_word(event_queue *queue, uint64_t sample, const wake_report *heard, uint64_t end_sample);

/* reason: "belowCutoff" or "vetoed". level: how loud it was, dB. */
void report_near_miss(event_queue *queue, uint64_t sample, const wake_report *missed, const char *reason,
                      int level);

void report_speech_started(event_queue *queue, uint64_t sample);
void report_speech_ended(event_queue *queue, uint64_t sample, const char *reason);
void report_command(event_queue *queue, uint64_t sample, decoder *commands, int is_doubted);
void report_partial(event_queue *queue, uint64_t sample, decoder *commands);
void report_fault(event_queue *queue, uint64_t sample, const char *what);

/* Takes the oldest event; if some were lost since the last, an eventsLost event comes first. 0 when there is none. */
size_t take_report(event_queue *queue, uint64_t sample, char *text);

#endif
