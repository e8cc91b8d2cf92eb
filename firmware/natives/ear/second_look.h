/* The rule of the second look: whether what the spotter, the alignment and the word verifier found is the word. */
#ifndef EARSHOT_SECOND_LOOK_H
#define EARSHOT_SECOND_LOOK_H

#include <stdint.h>

#include "second_look_numbers.h"

/* 1 when it is. peak: of the spotter's mean, 65536ths; loss: of a phone, with what the missing pause costs; logit: the
 * word verifier's, 0 where there is none; talk: before the word, 256ths; look_loss and unsure_loss: of the point. Losses
 * and logits are in 256ths of a nat. */
int second_look_finds(int peak, int32_t loss, int32_t logit, int talk, int32_t look_loss,
                      int32_t unsure_loss);

#endif
