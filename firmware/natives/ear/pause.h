/* The pause before a word: who calls a speaker falls silent first, who only talks of a computer does not. */
#ifndef EARSHOT_PAUSE_H
#define EARSHOT_PAUSE_H

#include "past.h"

/* A pause lasts 210 ms. */
#define PAUSE_FRAMES 21
/* The phone model notices a word's first phone late: the word may have begun 270 ms before. What is looked for is the
 * quietest of the pauses that lie between 960 and 90 ms before it noticed. */
#define PAUSE_ONSET_FRAMES 27
#define PAUSE_EARLIEST_FRAMES 96
#define PAUSE_LATEST_FRAMES 9
/* There is nothing before the word, or nothing any more. */
#define PAUSE_UNKNOWN 127

/* How much louder a word is than the quietest pause before it, in dB. The word began, as the phone model noticed, with
 * the frame that made `began` frames, and ended with the one that made `ended`; numbers as of past.count. */
int pause_contrast(const past *heard, uint32_t began, uint32_t ended);

#endif
