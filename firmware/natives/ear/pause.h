/* The pause before a word: who calls a speaker falls silent first, who only talks of a computer does not. */
#ifndef EARSHOT_PAUSE_H
#define EARSHOT_PAUSE_H

#include "past.h"
#include "second_look_numbers.h"

/* How many dB a word lacks to have had a pause before it: 0 and less are none, and before the sound began there was one.
 * The word began, as the phone model noticed, with the frame that made `began` frames, and ended with the one that made
 * `ended`; numbers as of past.count. */
int pause_missing(const past *heard, uint32_t began, uint32_t ended);

#endif
