/* The two things that an ear on this chip can listen to: a microphone, and a recording that stands for one. */
#ifndef EARSHOT_MICROPHONE_H
#define EARSHOT_MICROPHONE_H

#include "../natives/mic/mic_clip.h"
#include "ear_loop.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sound_bus.h"

typedef struct {
  i2s_chan_handle_t channel;
  size_t frame_bytes;
  uint32_t lost_frames;     /* ever; the driver's interrupt writes */
  uint32_t reported_frames; /* the task's */
} microphone;

/* Opens it, standing still. The object must stay, in internal RAM. */
esp_err_t microphone_open(microphone *self, const sound_bus *bus, const sound_bus *loudspeaker, int gain_bits,
                          ear_source *source);
void microphone_close(microphone *self);

typedef struct {
  mic_clip clip;
  int in_real_time; /* else as fast as it is asked for */
  int has_begun;
  TickType_t last_wake;
} clip_player;

void clip_player_open(clip_player *self, const mic_clip *clip, int in_real_time, ear_source *source);

/* 1 when less than a buffer of the clip is left. */
int clip_player_is_over(const clip_player *self);

#endif
