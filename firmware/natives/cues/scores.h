/* Which notes make up each cue: data for cues.c. */
#ifndef EARSHOT_CUES_SCORES_H
#define EARSHOT_CUES_SCORES_H

#include <stdint.h>

#define SCORE_MAX_NOTES 8

typedef struct {
  uint16_t start_ms;
  uint16_t length_ms;
  uint32_t centihertz;
} score_note;

typedef struct {
  const char *name;
  uint16_t length_ms;
  uint8_t note_count;
  score_note notes[SCORE_MAX_NOTES];
} score;

extern const score SCORES[];

#endif
