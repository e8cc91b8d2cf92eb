/* A wake word's third opinion: a small network over the last rows of the speech embedding, which says how much likelier
 * it is that the word was spoken than that it was not. */
#ifndef EARSHOT_WORD_VERIFIER_H
#define EARSHOT_WORD_VERIFIER_H

#include "embedding.h"

/* A logit counts as no further from zero than this: 16 nats. */
#define WORD_VERIFIER_MAX_LOGIT (16 * 256)
/* Of a look that no logit has come to yet. */
#define WORD_VERIFIER_NO_LOGIT INT32_MIN

typedef struct {
  model *net; /* NULL: there is none */
  model_tensor input;
  model_tensor output;
  int row_count;        /* 1 to EMBEDDING_MAX_ROWS */
  int32_t logit_of_one; /* of a step of the output, 1/256 nat in 65536ths */
} word_verifier;

/* 0, and there is none, when the model is no word verifier over this embedding: int8 [1, 1 to 16, 96] in, in the steps of
 * the embedding's output, and one int8 out. */
int word_verifier_init(word_verifier *self, model *net, const embedding *heard);

/* Forgets what was heard. */
void word_verifier_reset(word_verifier *self);

/* In 1/256 nat, over the embedding's last rows. */
int32_t word_verifier_logit(word_verifier *self, const embedding *heard);

#endif
