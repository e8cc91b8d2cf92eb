/* The speaker's own short sounds, computed when they are needed: notes with a bell's envelope, no samples stored. The
 * chip's loudspeaker and the simulator render them with the same integers, so that a test can play into the microphone
 * exactly what the speaker will play.
 *
 *     if (!cue_init(player, cue_of_name("done"), 16000, 50)) …    the name or a number is out of range
 *     while ((count = cue_render(player, buffer, 160)) > 0) …     mono, 16-bit; fewer than asked for only at the end
 *
 * Pure C99, no allocation: the caller supplies cue_bytes() bytes, aligned to 8. One thread owns one player. */
#ifndef EARSHOT_CUES_H
#define EARSHOT_CUES_H

#include <stddef.h>
#include <stdint.h>

#define CUE_COUNT 8
#define CUE_LEAST_SAMPLE_RATE 8000u
#define CUE_MOST_SAMPLE_RATE 48000u

typedef struct cue cue;

size_t cue_bytes(void);

/* The number, 0 to CUE_COUNT - 1, of the cue that core/ports.ts calls so; -1 when there is none. */
int cue_of_name(const char *name);

/* Begins a cue. Returns 0, and the player is silent, when the number, the rate (CUE_LEAST_SAMPLE_RATE to
 * CUE_MOST_SAMPLE_RATE) or the volume (0 to 100 percent; loudness grows with its square) is out of range. */
int cue_init(cue *self, int number, uint32_t sample_rate, int volume_percent);

/* Writes the next `count` samples; returns how many there were: fewer at the end of the cue, then 0. */
size_t cue_render(cue *self, int16_t *samples, size_t count);

/* Ends the cue within 5 ms, without a click: what cue_render still gives is the fading out. */
void cue_stop(cue *self);

#endif
