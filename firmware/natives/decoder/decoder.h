/* Finds the sentence of a compiled grammar that best explains a phone model's output, row by row, or refuses.
 *
 * Token passing over CTC: each phone of the graph has a place for the phone and its state one for the blank
 * after it; a phone said twice needs a blank between. Losses are integers in 1/256 nat, counted from each
 * row's best class, so a perfect reading has loss 0 and the free phone loop is the yardstick of confidence.
 *
 * Pure C99, integers throughout (floats only where the scale is set, by powers of two): the same bytes give
 * the same result on every machine. No allocation: the caller gives decoder_bytes() bytes, aligned to 8. */
#ifndef EARSHOT_DECODER_H
#define EARSHOT_DECODER_H

#include <stddef.h>
#include <stdint.h>

#define DECODER_CLASSES 40 /* blank, then 39 phones: logits of one row */
#define DECODER_ROW_MS 30

/* The most that one grammar may hold, and that one row may keep alive. */
#define DECODER_MAX_NODES 24576
#define DECODER_MAX_STATES 16384
#define DECODER_MAX_HYPOTHESES 1536
#define DECODER_MAX_HISTORY 4096
#define DECODER_MAX_TOKENS 96

typedef enum {
  DECODER_OK = 0,
  DECODER_NOT_A_GRAPH,   /* no EGRM at the start */
  DECODER_WRONG_VERSION, /* of the format, or another set of phones */
  DECODER_CORRUPT,       /* checksum, or a number that leads out of its table */
  DECODER_TOO_LARGE      /* more nodes or states than this build has room for */
} decoder_status;

/* What is wrong with a graph, for people. Always NUL-terminated. */
typedef struct {
  decoder_status status;
  char detail[80];
} decoder_error;

typedef enum {
  DECODER_SEARCHING = 0,
  DECODER_FOUND,          /* a sentence was said: tokens and confidence are its */
  DECODER_SILENCE,        /* nobody spoke */
  DECODER_NOT_UNDERSTOOD, /* somebody spoke, but no sentence of the grammar */
  DECODER_DOUBTED /* this may have been said, but is to be asked about: tokens and confidence are its */
} decoder_state;

typedef struct decoder decoder;

size_t decoder_bytes(void);

/* Takes a compiled grammar (see graph.h), which stays the caller's and must outlive its use. Also the
 * initialiser: sets the logit scale to 1/8 nat and no blank penalty. After a failure the decoder hears
 * nothing but silence. */
decoder_status decoder_load(decoder *self, const uint8_t *graph, size_t byte_length, decoder_error *error);

/* scale: nats per step of the logits, above 0, at most 8. blank_penalty: nats taken off the blank, -50 to 50.
 * Returns 0 and changes nothing when either is out of range. */
int decoder_set_logit_scale(decoder *self, float scale, float blank_penalty);

/* What decides whether a sentence is accepted: to be measured anew with every phone model (npm run commands:score). */
typedef struct {
  int32_t allowed;  /* what each phone may lose without its stretch growing, 1/256 nat */
  int32_t worst;    /* a stretch that has lost so much is as likely wrong as right, 1/256 nat */
  int32_t accepted; /* confidence from which on a sentence is accepted, permille */
  int32_t careful;  /* the same for what does harm when it is done unasked */
  int32_t doubted;  /* confidence from which on it is asked about rather than refused, permille */
  int32_t anything; /* what each phone loses behind which anything may follow, 1/256 nat */
} decoder_judge;

/* The judge that a decoder has after decoder_load. */
extern const decoder_judge DECODER_JUDGE;

/* Returns 0 and changes nothing when a loss is below 0 or over 100 nats, or a confidence is not 0 to 1000. */
int decoder_set_judge(decoder *self, const decoder_judge *judge);

/* Begins a new utterance, where the wake word may go on for 720 ms. */
void decoder_start(decoder *self);

/* The same where only so many rows, at most those, may be the wake word. */
void decoder_start_after(decoder *self, int tail_rows);

/* One row of logits (DECODER_CLASSES of them). After anything but DECODER_SEARCHING the decoder rests:
 * further rows return the same until decoder_start. */
decoder_state decoder_step(decoder *self, const int8_t *logits);

/* Ends the utterance now, as if silence had followed. */
decoder_state decoder_finish(decoder *self);

/* 0 to 1000: how sure it is that the best sentence so far was said, against any other speech. 0 when there is
 * none. */
int decoder_confidence(const decoder *self);

/* What the best sentence so far loses against the free phone loop, in 1/256 nat, what came before it
 * included; -1 when there is none. */
int32_t decoder_loss(const decoder *self);

/* The outputs so far of the found or doubted sentence, or of the best beginning while searching: UTF-8, NUL-terminated,
 * owned by the graph. The count is at most DECODER_MAX_TOKENS; an index out of range gives an empty string.
 * Both look the path up anew after each row; what decoder_token returns holds as long as the graph. */
int decoder_token_count(decoder *self);
const char *decoder_token(decoder *self, int index);

/* 1 once something was said that the end of a wake word does not explain. */
int decoder_speech_heard(const decoder *self);

#endif
