#include "scores.h"

#include "cues.h"

/* Equal temperament, A4 = 440 Hz, in hundredths of a hertz. Two octaves that small loudspeakers can make. */
enum {
  C4 = 26163,
  E4 = 32963,
  G4 = 39200,
  A4 = 44000,
  C5 = 52325,
  E5 = 65926,
  G5 = 78399,
  A5 = 88000,
  B5 = 98777,
  C6 = 104650,
  E6 = 131851
};

/* Rising is good news, falling is not, the same twice is a question; an opened ear mirrors a closed one. */
const score SCORES[CUE_COUNT] = {
    {"listening", 120, 1, {{0, 120, A5}}},
    {"done", 280, 2, {{0, 160, E5}, {110, 170, B5}}},
    {"notUnderstood", 420, 3, {{0, 150, C5}, {150, 150, C5}, {270, 150, G5}}},
    {"failed", 520, 3, {{0, 200, G4}, {150, 200, E4}, {300, 220, C4}}},
    {"timer",
     1200,
     8,
     {{0, 200, C6},
      {100, 200, E6},
      {200, 200, C6},
      {300, 300, E6},
      {600, 200, C6},
      {700, 200, E6},
      {800, 200, C6},
      {900, 300, E6}}},
    {"alarm",
     1600,
     6,
     {{0, 500, C5}, {200, 500, E5}, {400, 500, G5}, {600, 900, C6}, {1000, 500, G5}, {1200, 400, C6}}},
    {"muted", 180, 2, {{0, 110, E5}, {80, 100, A4}}},
    {"unmuted", 180, 2, {{0, 110, A4}, {80, 100, E5}}},
};
