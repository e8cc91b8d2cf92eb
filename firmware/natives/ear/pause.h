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
/* So many dB the word is to be louder than its pause, or as many as above the quietest that the room has been in the
 * last six seconds, less some: in a steady noise nobody can do better. */
#define PAUSE_DB 9
#define PAUSE_ROOM_DB 2

/* How many dB a word lacks to have had a pause before it: 0 and less are none, and before the sound began there was one.
 * The word began, as the phone model noticed, with the frame that made `began` frames, and ended with the one that made
 * `ended`; numbers as of past.count. */
int pause_missing(const past *heard, uint32_t began, uint32_t ended);

#endif
