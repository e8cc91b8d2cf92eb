/* The ear: owns everything between samples and events. Samples go in, small JSON texts come out; nothing else
 * leaves it. Gate ▸ features ▸ wake words ▸ second look, where a word's verifier has a say, and while listening:
 * feature history ▸ phone model ▸ decoder.
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
#define EAR_MAX_LOOK_AHEAD_MS 2000

typedef struct ear ear;

typedef enum {
  EAR_OK = 0,
  EAR_TOO_MANY_WAKE_WORDS, /* more than EAR_MAX_WAKE_WORDS */
  EAR_BAD_WAKE_WORD,       /* name, cutoff or window out of range */
  EAR_BAD_MODEL,           /* tensors are not those of a wake word or phone model */
  EAR_BAD_LOGITS,          /* the phone model's output scale, blank penalty or look-ahead is out of range */
  EAR_NO_SUCH_WAKE_WORD,   /* none was added under this number, or no such sensitivity */
  EAR_BAD_PRONUNCIATIONS,  /* not as alignment.h writes them, or too many */
  EAR_BAD_EMBEDDING,       /* tensors are not those of a speech embedding */
  EAR_NO_EMBEDDING,        /* a verifier without one */
  EAR_BAD_VERIFIER,        /* tensors are not those of a verifier over this embedding */
  EAR_BAD_PHONE_FEATURES   /* the phone model's input does not take features of this kind */
} ear_status;

/* How easily a wake word wakes. */
typedef enum { EAR_LOW_SENSITIVITY = 0, EAR_NORMAL_SENSITIVITY, EAR_HIGH_SENSITIVITY } ear_sensitivity;
#define EAR_SENSITIVITIES 3

/* What the speaker's own sounds do to the wake words, from when a sound begins until a while after its end. */
typedef enum {
  EAR_UNGUARDED = 0,
  EAR_GUARDED, /* only what would wake at low sensitivity wakes: a person may talk over the sound */
  EAR_CLOSED   /* nothing wakes */
} ear_guard;

/* What a phone model hears: the 40 channels that the wake models hear; or the same before noise reduction and gain
 * control, at a level that the ear holds. */
typedef enum { EAR_NOISE_REDUCED = 0, EAR_PLAIN } ear_phone_features;

/* Where a wake word wakes at one sensitivity. Cutoffs are probabilities in 65536ths. */
typedef struct {
  int cutoff;          /* of the mean of `window` outputs, when there is no second look */
  int window;          /* 1 … 32 */
  int look_cutoff;     /* of the same mean, from where on the second look decides */
  int32_t look_loss;   /* what it lets a phone lose, 1/256 nat, when the mean is one half; see wake_word.h */
  int32_t unsure_loss; /* and at most, where no verifier is sure of the word */
} ear_point;

/* What a status means, for people. */
const char *ear_status_text(ear_status status);

/* The sensitivity ("low", "normal", "high"), guard ("unguarded", "guarded", "closed") or kind of features
 * ("noise-reduced", "plain") of this name; -1 when there is none. */
int ear_sensitivity_of_name(const char *name);
int ear_guard_of_name(const char *name);
int ear_phone_features_of_name(const char *name);

/* Bytes of one ear; the caller supplies them, aligned to 8. */
size_t ear_bytes(void);

/* Makes an ear over a features object that it owns from now on. No wake word, no commands, gate open, normal
 * sensitivity, unguarded. */
void ear_init(ear *self, features *front_end);

/* Adds a streaming wake model: int8 input [1, stride, 40], uint8 or int8 output [1, 1], a probability.
 * It wakes when the mean of `window` outputs (1 … 32) exceeds cutoff / 65536, at any sensitivity. The name is copied.
 * Wake words are numbered from 0 in the order of adding. */
ear_status ear_add_wake_word(ear *self, const char *name, model *net, int cutoff, int window);

/* Sets what one sensitivity means for a wake word. */
ear_status ear_set_point(ear *self, int wake_word, ear_sensitivity sensitivity, const ear_point *point);

/* Sets how a wake word is said, as alignment.h writes it; copied. From then on, and while there is a phone model,
 * the second look decides. No bytes: the spotter decides alone. */
ear_status ear_set_pronunciations(ear *self, int wake_word, const uint8_t *pronunciations,
                                  size_t byte_length);

/* Sets the speech embedding that verifiers listen to: see embedding.h. NULL: none. The verifiers so far are taken
 * away, as each belongs to its embedding. */
ear_status ear_set_embedding(ear *self, model *net);

/* Sets a wake word's verifier, see verifier.h, which has a say in its second looks; the embedding comes first. NULL:
 * none. */
ear_status ear_set_verifier(ear *self, int wake_word, model *net);

/* Sets what understands commands: int8 input [1, stride, 40], int8 output with DECODER_CLASSES logits a row.
 * The decoder has its network loaded; blank_penalty is its, in nats; look_ahead_ms is how much later than the sound
 * the model's rows come; heard is what it was taught to hear. A model of plain channels has an input in steps of 1/32
 * from -128 on. Both NULL: ear_listen does nothing and there is no second look. */
ear_status ear_set_commands(ear *self, model *phones, decoder *commands, float blank_penalty,
                            int look_ahead_ms, ear_phone_features heard);

/* From the next frame on. Out of range: normal. */
void ear_set_sensitivity(ear *self, ear_sensitivity sensitivity);

/* Tells that one of the speaker's own sounds begins or has ended. A guard goes on for 300 ms after it was lifted, for
 * the echo, and no longer than 2 s if nobody lifts it: a lost message must not leave the speaker deaf. */
void ear_set_guard(ear *self, ear_guard guard);

/* Closes or opens the gate. Each edge forgets everything heard so far: the front end, all model states, the
 * history, a command under way, and events not yet taken. Without an edge nothing happens. */
void ear_set_muted(ear *self, int muted);

/* Sets what is called after every step of the phone model and of the embedding, those of a replay of the past included:
 * together such a replay takes a chip longer than its driver keeps sound, and here is the time to fetch that. It must not
 * touch the ear. Returns 0; or 1 for a mute, which then gives up what is under way: the gate is closed, as by
 * ear_set_muted, when the call that was under way returns. NULL: none. */
void ear_set_breather(ear *self, int (*breathe)(void *context), void *context);

/* Hears 16 kHz mono samples, any number. While muted they only advance the sample clock. */
void ear_hear(ear *self, const int16_t *samples, size_t count);

/* Decodes what was said from since_sample on: first what the history still holds, at once, then live. speechStarted
 * and partial events tell how it goes; a commandHeard or speechEnded event ends it. Ignored while muted. */
void ear_listen(ear *self, double since_sample);

void ear_stop_listening(ear *self);

/* Copies the oldest event to text (capacity EAR_EVENT_BYTES), NUL-terminated; returns its length, 0 when
 * there is none. If nobody took events for too long, the oldest are gone and an eventsLost event says how
 * many. */
size_t ear_take_event(ear *self, char *text);

#endif
