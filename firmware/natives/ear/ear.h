/* The ear: owns everything between samples and events. Samples go in, small JSON texts come out; nothing else
 * leaves it. Gate ▸ features ▸ wake words ▸ second look, where a word verifier has a say, and while
 * listening: feature history ▸ phone model ▸ decoder.
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
  EAR_BAD_NAME,            /* of a wake word: empty, or EAR_NAME_BYTES or longer */
  EAR_BAD_POINT,           /* a cutoff, window or loss is out of range */
  EAR_BAD_MODEL,           /* tensors are not those of a wake word or phone model, or it is not there */
  EAR_BAD_PRONUNCIATIONS,  /* not as alignment.h writes them, or too many */
  EAR_BAD_EMBEDDING,       /* tensors are not those of a speech embedding */
  EAR_NO_EMBEDDING,        /* a word verifier without one */
  EAR_BAD_WORD_VERIFIER,   /* tensors are not those of a word verifier over this embedding */
  EAR_BAD_LOGITS,          /* the phone model's output scale, blank penalty or look-ahead is out of range */
  EAR_BAD_PHONE_FEATURES   /* the phone model's input does not take features of this kind */
} ear_status;

#define EAR_DETAIL_BYTES 256

/* Why a hearing was refused, for people: which part of it, and what would be right. */
typedef struct {
  ear_status status;
  char detail[EAR_DETAIL_BYTES];
} ear_error;

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

/* Where a wake word wakes at one sensitivity. Cutoffs are probabilities in 65536ths, losses in 1/256 nat. */
typedef struct {
  int32_t cutoff;      /* of the mean of `window` outputs, when there is no second look */
  int32_t window;      /* 1 … 32 */
  int32_t look_cutoff; /* of the same mean, from where on the second look decides */
  int32_t look_loss;   /* what it lets a phone lose when the mean is one half; see wake_word.h */
  int32_t unsure_loss; /* and at most, where no word verifier is sure of the word */
} ear_point;

typedef struct {
  const char *name; /* in events; fewer than EAR_NAME_BYTES bytes */
  model *net;       /* streaming: int8 [1, stride, 40] in, one uint8 or int8 out, a probability */
  ear_point points[EAR_SENSITIVITIES];
  /* How it is said, as alignment.h writes it: then, and while there is a phone model, the second look decides. No bytes:
   * the spotter decides alone. */
  const uint8_t *pronunciations;
  size_t pronunciations_bytes;
  model *word_verifier; /* has a say in its second looks, see word_verifier.h; NULL: none */
} ear_wake_word;

typedef struct {
  const ear_wake_word *words;
  int count;
  model *embedding; /* of speech, that word verifiers listen to, see embedding.h; NULL: none */
} ear_wake_words;

/* What understands commands. Without a phone model and a decoder the ear does not listen and takes no second look. */
typedef struct {
  model *phones;    /* int8 [1, stride, 40] in, int8 out: DECODER_CLASSES logits a row */
  decoder *decoder; /* its graph is loaded */
  float blank_penalty_nats;
  int look_ahead_ms; /* how much later than the sound the model's rows come */
  /* What the model was taught to hear. One of plain channels has an input in steps of 1/32 from -128 on. */
  ear_phone_features features;
} ear_commands;

/* What an ear hears with. A part that is NULL stays as it is. */
typedef struct {
  const ear_wake_words *wake_words;
  const ear_commands *commands;
} ear_hearing;

/* The names of ear_phone_features, in order. */
#define EAR_PHONE_FEATURES "noise-reduced|plain"

/* The sensitivity ("low", "normal", "high"), guard ("unguarded", "guarded", "closed") or kind of features
 * (EAR_PHONE_FEATURES) of this name; -1 when there is none. */
int ear_sensitivity_of_name(const char *name);
int ear_guard_of_name(const char *name);
int ear_phone_features_of_name(const char *name);

/* Bytes of one ear; the caller supplies them, aligned to 8. */
size_t ear_bytes(void);

/* Makes an ear over a features object that it owns from now on. It hears with nothing yet; gate open, normal sensitivity,
 * unguarded. */
void ear_init(ear *self, features *front_end);

/* Lets the ear hear with this: at first, and again whenever a part changes, between any two calls of ear_hear. Names and
 * pronunciations are copied; models and decoder stay the caller's memory, and are the ear's alone to use until they are
 * replaced. A part that is replaced ends what it was doing, without an event; one that is refused is gone, so that the ear
 * has no wake words then, or understands no commands. The error says why. */
ear_status ear_configure(ear *self, const ear_hearing *hearing, ear_error *error);

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
