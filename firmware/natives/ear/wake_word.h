/* One wake word: from what its spotter thinks, and where it may from a second look, to whether the speaker wakes.
 *
 * The spotter alone: the word was said when the mean exceeds the point's cutoff. With a second look that happens at
 * the lower look_cutoff, and the phone model then has to hear the word as well: its alignment may lose `look_loss` a
 * phone where the spotter's mean is one half, and LOOK_SLOPE more or less by the whole of the mean. The look goes on
 * for 300 ms after the mean was last above look_cutoff, since the phone model hears later than the spotter. Where no
 * pause came before the word, each of its phones loses more; the more was talked in the seconds before, the less each
 * may lose. Where the word has a word verifier, its best logit in the look is added to what a phone may lose, by its
 * weight; where it is sure that the word was not said, nothing else counts.
 * Looks that did not find the word are near misses; so are, for the spotter alone, means that only came to half of its
 * cutoff. */
#ifndef EARSHOT_WAKE_WORD_H
#define EARSHOT_WAKE_WORD_H

#include "alignment.h"
#include "ear.h"
#include "past.h"
#include "second_look.h"
#include "spotter.h"
#include "word_verifier.h"

#define WAKE_WORD_PATIENCE_FRAMES 30
#define WAKE_WORD_MAX_LOOK_FRAMES 200
#define WAKE_WORD_REFRACTORY_FRAMES 200 /* 2 s: one saying of the word wakes once */

typedef enum {
  WAKE_WORD_CALM = 0,
  WAKE_WORD_NEAR,   /* the mean is above half of the cutoff */
  WAKE_WORD_LOOKING /* the second look is open */
} wake_word_phase;

typedef enum {
  WAKE_WORD_NOTHING = 0,
  WAKE_WORD_LOOK_BEGAN,
  WAKE_WORD_HEARD,
  WAKE_WORD_MISSED, /* a near miss: below the cutoff all along */
  WAKE_WORD_VETOED  /* a near miss: the second look did not find the word */
} wake_word_news;

typedef struct {
  char name[EAR_NAME_BYTES];
  spotter spotter;
  ear_point points[EAR_SENSITIVITIES];
  alignment said; /* without pronunciations there is no second look */
  word_verifier word_verifier;
  wake_word_phase phase;
  int peak;            /* of the mean in this phase, 65536ths */
  alignment_end found; /* the best that this look has seen, with what the missing pause costs */
  int32_t best_logit;  /* the word verifier's in this look; WORD_VERIFIER_NO_LOGIT before the first */
  int talk;            /* before this look, 256ths: see talk.h */
  int patience_frames;
  int phase_frames;
  int refractory_frames;
} wake_word;

/* How a wake word is to be judged at the moment. */
typedef struct {
  ear_sensitivity sensitivity;
  int can_look;  /* there is a phone model */
  int is_closed; /* nothing wakes */
  int talk;      /* how much is talked around the speaker, 256ths */
} wake_word_rule;

int wake_word_accepts(const ear_point *point);

/* 0 when the model is no wake model. The name fits; the points, of each sensitivity, are acceptable. No pronunciations and
 * no word verifier yet. */
int wake_word_init(wake_word *self, const char *name, model *net, const ear_point points[EAR_SENSITIVITIES]);

void wake_word_reset(wake_word *self);

/* Ends a second look without a word about it: its rows were needed otherwise. */
void wake_word_drop_look(wake_word *self);

/* Once a frame. WAKE_WORD_LOOK_BEGAN asks for the rows of the last second and a half. */
wake_word_news wake_word_frame(wake_word *self, const uint16_t frame[FEATURES_CHANNELS], wake_word_rule rule);

/* Whether it wants to know what its word verifier thinks. */
int wake_word_is_verifying(const wake_word *self);

/* Lets the word verifier think once more, when it is asked. */
void wake_word_verify(wake_word *self, const embedding *heard);

/* Once a frame when it is looking and its rows are in. */
wake_word_news wake_word_look(wake_word *self, wake_word_rule rule, const past *heard);

#endif
