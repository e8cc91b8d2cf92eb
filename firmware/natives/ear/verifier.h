/* A wake word's third opinion: a small network over the last rows of the speech embedding, which says how much likelier
 * it is that the word was spoken than that it was not. */
#ifndef EARSHOT_VERIFIER_H
#define EARSHOT_VERIFIER_H

#include "embedding.h"

/* A logit counts as no further from zero than this: 16 nats. */
#define VERIFIER_MAX_LOGIT (16 * 256)
/* Of a look that no logit has come to yet. */
#define VERIFIER_NO_LOGIT INT32_MIN

typedef struct {
  model *net; /* NULL: there is none */
  model_tensor input;
  model_tensor output;
  int row_count;        /* 1 to EMBEDDING_MAX_ROWS */
  int32_t logit_of_one; /* of a step of the output, 1/256 nat in 65536ths */
} verifier;

/* 0, and there is none, when the model is no verifier over this embedding: int8 [1, 1 to 16, 96] in, in the steps of
 * the embedding's output, and one int8 out. */
int verifier_init(verifier *self, model *net, const embedding *heard);

/* Forgets what was heard. */
void verifier_reset(verifier *self);

/* In 1/256 nat, over the embedding's last rows. */
int32_t verifier_logit(verifier *self, const embedding *heard);

#endif
