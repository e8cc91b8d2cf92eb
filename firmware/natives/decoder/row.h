/* One row of a phone model's logits as losses against the row's best class. */
#ifndef EARSHOT_DECODER_ROW_H
#define EARSHOT_DECODER_ROW_H

#include "decoder.h"

typedef struct {
  int32_t value_of_logit[256]; /* of logit + 128, 1/256 nat */
  int32_t blank_penalty;       /* 1/256 nat */
} row_scale;

/* scale: nats per step of the logits, above 0, at most 8. blank_penalty: nats taken off the blank, -50 to 50.
 * Returns 0 and changes nothing when either is out of range. */
int row_scale_set(row_scale *self, float scale, float blank_penalty);

/* What each class loses, at most ROW_MAX_LOSS; returns the best class. */
int row_losses(const row_scale *self, const int8_t *logits, int32_t losses[DECODER_CLASSES]);

/* No single row may rule a path out on its own: 10 nats. */
#define ROW_MAX_LOSS (10 * 256)

#endif
