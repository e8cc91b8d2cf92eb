#include "pause.h"

#include "level.h"

#define UNIT 64 /* the power of silence */

/* Doubles every 3 dB. */
static uint64_t power_of(int level) {
  static const uint8_t thirds[] = {UNIT, 81, 102};
  const int above = level - LEVEL_SILENCE;
  return (uint64_t)thirds[above % 3] << above / 3;
}

static int decibels(uint64_t power) {
  int above = 0;
  for (; power >= 2 * UNIT; power /= 2) above += 3;
  return above + (power >= 102 ? 2 : power >= 81 ? 1 : 0);
}

static uint64_t total_power(const past *heard, uint32_t from, uint32_t to) {
  uint64_t total = 0;
  for (uint32_t i = from; i != to; i++) total += power_of(past_level_at(heard, i));
  return total;
}

/* The mean level of the quietest PAUSE_FRAMES, of which there are enough. */
static int quietest(const past *heard, uint32_t from, uint32_t to) {
  uint64_t window = total_power(heard, from, from + PAUSE_FRAMES);
  uint64_t least = window;
  for (uint32_t i = from + PAUSE_FRAMES; i != to; i++) {
    window += power_of(past_level_at(heard, i));
    window -= power_of(past_level_at(heard, i - PAUSE_FRAMES));
    if (window < least) least = window;
  }
  return decibels(least / PAUSE_FRAMES);
}

/* The number that lies `frames` before this one, but not before the oldest. */
static uint32_t before(uint32_t count, uint32_t frames, uint32_t oldest) {
  return count - oldest < frames ? oldest : count - frames;
}

int pause_missing(const past *heard, uint32_t began, uint32_t ended) {
  const uint32_t oldest = past_oldest_level(heard);
  if (began < oldest || ended < began || heard->count < ended) return 0;
  const uint32_t first = before(began, PAUSE_EARLIEST_FRAMES, oldest);
  const uint32_t last = before(began, PAUSE_LATEST_FRAMES, oldest);
  if (last - first < PAUSE_FRAMES) return 0;
  const uint32_t onset = before(began, PAUSE_ONSET_FRAMES, oldest);
  const int word = decibels(total_power(heard, onset, ended) / (ended - onset));
  const int most = word - quietest(heard, oldest, heard->count) - PAUSE_ROOM_DB;
  return (most < PAUSE_DB ? most : PAUSE_DB) - (word - quietest(heard, first, last));
}
