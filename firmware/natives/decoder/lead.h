/* What is heard before a sentence begins: the tail of the wake word, a hesitation, silence. It competes with
 * the sentences as a free phone loop that pays for each phone, and it tells whether anybody spoke at all. */
#ifndef EARSHOT_DECODER_LEAD_H
#define EARSHOT_DECODER_LEAD_H

#include "decoder.h"

/* A sentence may begin after at most this many phones, each of which costs this much (1/256 nat): more than a phone of
 * a sentence that is really said, less than one of a sentence that is not. At 2 nats the "set" of "set bedroom light
 * red", right after a wake word, was rather taken for what comes before. */
#define LEAD_MAX_PHONES 10
#define LEAD_PHONE_LOSS (4 * 256)

/* What is spoken right before a sentence counts against it, each phone by this besides what it lacks of silence: "don't"
 * is no hesitation. The hesitations that are one stand in the grammar. At 3 nats "turn off living room lamp" was refused
 * for the end of the "computer" in the same breath. */
#define LEAD_SPOKEN_LOSS (2 * 256)

/* The decoder is started before the wake word's end: what is heard in these rows may be the wake word. */
#define LEAD_ROWS (720 / DECODER_ROW_MS)
/* What was said so long before a sentence is no part of it. */
#define LEAD_PAUSE_ROWS (450 / DECODER_ROW_MS)
/* So many phones after that are speech; "um" is not. */
#define LEAD_SPEECH_PHONES 3

typedef struct {
  int32_t loss;
  int32_t spoken; /* what silence would have lost: nothing but that and the wake word's tail belongs here */
  uint16_t tail_rows;
  uint16_t rows;
  uint16_t phones;      /* heard since the start, as the best class of each row has it */
  uint16_t late_phones; /* of them after LEAD_ROWS */
  uint16_t blank_rows;  /* since the last one */
  uint8_t before;       /* the last row's best class */
  uint8_t has_murmured; /* speech was heard, and given up, before it began again */
} lead;

/* tail_rows: so many rows may be the wake word. */
void lead_start(lead *self, uint16_t tail_rows);
/* Returns 1 when the best class is a phone and another than before. */
int lead_hear(lead *self, int best_class, int32_t blank_loss);
/* Forgets what was heard, though not that it was, nor how long it took. */
void lead_begin_again(lead *self);
int lead_is_open(const lead *self);
int lead_heard_speech(const lead *self);

#endif
