/* Written by make_second_look.py from second_look.json; do not edit. */
#ifndef EARSHOT_SECOND_LOOK_NUMBERS_H
#define EARSHOT_SECOND_LOOK_NUMBERS_H

/* What the whole of the spotter's mean lets a phone lose more. Of the slopes from 1.5 to 5 the one with which
 * "computer", "jarvis" and "snowboy" together woke falsely least where they were missed equally often. */
#define WAKE_WORD_LOOK_SLOPE 768

/* What a nat of the word verifier lets a phone lose more. Of 0.3 to 1 the middle is about as good as any. */
#define WAKE_WORD_VERIFIER_WEIGHT 128

/* With a lower logit of the word verifier the word was not said, however sure the others are. Of 1,196
 * people's sayings of the three words in quiet four are below -2, while what else people say and the other
 * two took for "computer" was at -4 or less. */
#define WAKE_WORD_LEAST_LOGIT (-896)

/* However sure the others are: where a phone loses more, the word has not been said to its end. */
#define WAKE_WORD_MOST_LOSS 1152

/* A word verifier with less is not sure, and a phone may lose no more than the point's unsure_loss. Phones
 * far off are those of an accent, which word verifiers know, or of a word that is only alike. */
#define WAKE_WORD_SURE_LOGIT 1792

/* For each dB that is missing of the pause before the word: a word without one was said in the middle of
 * something. */
#define WAKE_WORD_UNPAUSED_LOSS 85

/* At most, so that who is sure is still heard there. */
#define WAKE_WORD_MOST_UNPAUSED_LOSS 512

/* So much less a phone may lose where it was talked all the time before: in talk the three words together
 * wake falsely a fifth as often (models/train/NOTEBOOK.md); what is missed right after talk is in
 * models/SCORECARD.md. */
#define WAKE_WORD_TALK_LOSS 896

/* No word takes longer. */
#define ALIGNMENT_MAX_FRAMES 150

/* Frames of loudness that are kept, from which the quietest moment of the room is taken. */
#define PAST_LEVELS 600

/* A pause lasts 210 ms. */
#define PAUSE_FRAMES 21

/* The phone model notices a word's first phone late: the word may have begun 270 ms before. */
#define PAUSE_ONSET_FRAMES 27

/* What is looked for is the quietest of the pauses that lie between 960 ms before it noticed, */
#define PAUSE_EARLIEST_FRAMES 96

/* and 90 ms. */
#define PAUSE_LATEST_FRAMES 9

/* So many dB the word is to be louder than its pause, or as many as above the quietest that the room has been
 * in the last six seconds, */
#define PAUSE_DB 9

/* less these: in a steady noise nobody can do better. */
#define PAUSE_ROOM_DB 2

/* Whether it is talked is judged by pieces of 210 ms. */
#define TALK_PIECE_FRAMES 21

/* Ten seconds of them, */
#define TALK_PIECES 48

/* up to a second and a half ago: what came since may be the word. */
#define TALK_LATEST_PIECES 7

/* In talk, syllables are so many dB louder than the quietest piece; steady noise and most music are not. */
#define TALK_DB 12

#endif
