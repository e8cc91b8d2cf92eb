/* How sure a sentence is against any other speech: what it loses against the free phone loop, by phone, through a
 * logistic. */
#ifndef EARSHOT_DECODER_CONFIDENCE_H
#define EARSHOT_DECODER_CONFIDENCE_H

#include "hypotheses.h"

/* The only place to calibrate. log odds = BIAS - WEIGHT * (loss / phones + DOUBT / (phones + DOUBT_PHONES)), with the
 * loss in nats: the fewer phones, the better each must fit, though not so that one word alone could never be said. */
#define CONFIDENCE_BIAS (7 * 256)
#define CONFIDENCE_WEIGHT 4
#define CONFIDENCE_DOUBT (8 * 256)
#define CONFIDENCE_DOUBT_PHONES 4

/* No stretch of phones may lose much, however well the others fit: the log odds are at most what the worst stretch lacks
 * to that of the judge. 0 to 1000 of a path that has said at least one phone. */
int confidence_of(const hypothesis *said, const decoder_judge *judge);

#endif
