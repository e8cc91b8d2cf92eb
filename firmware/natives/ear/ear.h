/* The ear: owns everything between samples and events. Samples go in, small JSON texts come out; nothing else
 * leaves it. Gate ▸ features ▸ wake words, and while listening: feature history ▸ phone model ▸ decoder.
 *
 * One thread owns an ear. Pure C99, no allocation; the parts it works with are handed in. */
#ifndef EARSHOT_EAR_H
#define EARSHOT_EAR_H

#include <stddef.h>
#include <stdint.h>

#include "../decoder/decoder.h"
#include "../features/features.h"
#include "../model/model.h"

#define EAR_MAX_WAKE_WORDS 4
#define EAR_NAME_BYTES 32
#define EAR_EVENT_BYTES 1536 /* the longest event text, NUL included */

typedef struct ear ear;

typedef enum {
  EAR_OK = 0,
  EAR_TOO_MANY_WAKE_WORDS, /* more than EAR_MAX_WAKE_WORDS */
  EAR_BAD_WAKE_WORD,       /* name, cutoff or window out of range */
  EAR_BAD_MODEL,           /* tensors are not those of a wake word or phone model */
  EAR_BAD_LOGITS           /* the phone model's output scale or the blank penalty is out of range */
} ear_status;

/* What a status means, for people. */
const char *ear_status_text(ear_status status);

/* Bytes of one ear; the caller supplies them, aligned to 8. */
size_t ear_bytes(void);

/* Makes an ear over a features object that it owns from now on. No wake word, no commands, gate open. */
void ear_init(ear *self, features *front_end);

/* Adds a streaming wake model: int8 input [1, stride, 40], uint8 or int8 output [1, 1], a probability.
 * It wakes when the mean of `window` outputs (1 … 32) exceeds cutoff / 65536. The name is copied. */
ear_status ear_add_wake_word(ear *self, const char *name, model *net, int cutoff, int window);

/* Sets what understands commands: int8 input [1, stride, 40], int8 output with DECODER_CLASSES logits a row.
 * The decoder has its network loaded; blank_penalty is its, in nats. Both NULL: ear_listen does nothing. */
ear_status ear_set_commands(ear *self, model *phones, decoder *commands, float blank_penalty);

/* Closes or opens the gate. Each edge forgets everything heard so far: the front end, all model states, the
 * history, a command under way, and events not yet taken. Without an edge nothing happens. */
void ear_set_muted(ear *self, int muted);

/* Hears 16 kHz mono samples, any number. While muted they only advance the sample clock. */
void ear_hear(ear *self, const int16_t *samples, size_t count);

/* Decodes from since_sample on: first what the history still holds, at once, then live. speechStarted and
 * partial events tell how it goes; a commandHeard or speechEnded event ends it. Ignored while muted. */
void ear_listen(ear *self, double since_sample);

void ear_stop_listening(ear *self);

/* Copies the oldest event to text (capacity EAR_EVENT_BYTES), NUL-terminated; returns its length, 0 when
 * there is none. If nobody took events for too long, the oldest are gone and an eventsLost event says how
 * many. */
size_t ear_take_event(ear *self, char *text);

#endif
