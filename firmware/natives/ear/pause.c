#include "pause.h"

#include "level.h"

static uint64_t total_power(const past *heard, uint32_t from, uint32_t to) {
  uint64_t total = 0;
  for (uint32_t i = from; i != to; i++) total += level_power(past_level_at(heard, i));
  return total;
}

/* The mean level of the quietest PAUSE_FRAMES, of which there are enough. */
static int quietest(const past *heard, uint32_t from, uint32_t to) {
  uint64_t window = total_power(heard, from, from + PAUSE_FRAMES);
  uint64_t least = window;
  for (uint32_t i = from + PAUSE_FRAMES; i != to; i++) {
    window += level_power(past_level_at(heard, i));
    window -= level_power(past_level_at(heard, i - PAUSE_FRAMES));
    if (window < least) least = window;
  }
  return level_of_power(least / PAUSE_FRAMES);
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
  const int word = level_of_power(total_power(heard, onset, ended) / (ended - onset));
  const int most = word - quietest(heard, oldest, heard->count) - PAUSE_ROOM_DB;
  return (most < PAUSE_DB ? most : PAUSE_DB) - (word - quietest(heard, first, last));
}
