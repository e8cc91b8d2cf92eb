/* Says clips of a pack one right after the other, at the loudspeaker's own rate. The chip's loudspeaker and the simulator
 * render them with the same integers.
 *
 *     if (!voice_begin(player, &pack, "timer set for\nten\nminutes.", 16000, 50)) …    nothing to say
 *     while ((count = voice_render(player, buffer, 160)) > 0) …      fewer than asked for only at the end
 *
 * Pure C99, no allocation: the caller supplies voice_bytes() bytes, aligned to 8. One thread owns one player. */
#ifndef EARSHOT_VOICE_H
#define EARSHOT_VOICE_H

#include "voice_pack.h"

#define VOICE_MOST_CLIPS 32
#define VOICE_LEAST_SAMPLE_RATE 8000u
#define VOICE_MOST_SAMPLE_RATE 48000u

typedef struct voice voice;

size_t voice_bytes(void);

/* Begins with texts of clips, a line each; those that the pack has not or that are damaged are left out, and so is what goes
 * beyond VOICE_MOST_CLIPS. Returns how many will be said: 0, and the player is silent, when there is none or the rate or the
 * volume (0 to 100 percent; loudness grows with its square) is out of range. The pack must stay. */
int voice_begin(voice *self, const voice_pack *pack, const char *lines, uint32_t sample_rate,
                int volume_percent);

/* Writes the next `count` samples; returns how many there were: fewer at the end, then 0. */
size_t voice_render(voice *self, int16_t *samples, size_t count);

/* Falls silent within 5 ms, without a click: what voice_render still gives is the fading out. */
void voice_stop(voice *self);

#endif
