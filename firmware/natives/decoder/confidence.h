/* How sure a sentence is against any other speech: its loss against the free phone loop, over the whole
 * sentence and in its worst word (one wrong word in a long sentence is a wrong sentence), through a logistic.
 */
#ifndef EARSHOT_DECODER_CONFIDENCE_H
#define EARSHOT_DECODER_CONFIDENCE_H

#include "hypotheses.h"

/* The logistic's parameters, in 1/256: log odds = BIAS - MEAN_WEIGHT * mean - WORST_WEIGHT * worst, where
 * mean and worst are nats lost by phone. The only place to calibrate. */
#define CONFIDENCE_BIAS (26 * 256 / 5)
#define CONFIDENCE_MEAN_WEIGHT (4 * 256)
#define CONFIDENCE_WORST_WEIGHT 0 /* fitted: beside the mean it told nothing more */

/* Accepted from here on, permille. */
#define CONFIDENCE_ACCEPTED 500

/* The loss by phone of a finished word. Short words are spoken carelessly: they count as longer by this many
 * phones. */
#define CONFIDENCE_WORD_PHONES 2

int32_t confidence_word_loss(int32_t loss, uint16_t phones);

/* 0 to 1000 of a path that has said at least one phone. */
int confidence_of(const hypothesis *said);

#endif
