/* Plays the speaker's own sounds, in a task of its own. */
#ifndef EARSHOT_LOUDSPEAKER_H
#define EARSHOT_LOUDSPEAKER_H

#include "../natives/cues/cues.h"
#include "../natives/queue/queue.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "line.h"
#include "sound_bus.h"

#define LOUDSPEAKER_REQUEST_BYTES 256
#define LOUDSPEAKER_BUFFER_SAMPLES 240

typedef struct {
  uint32_t sample_rate;
  line amplifier;
  /* Called by the task when a cue has ended, once for each that was asked for; must not wait. */
  void (*tell)(void *context);
  void *tell_context;
  cue *cue;
  i2s_chan_handle_t channel;
  queue requests;
  uint8_t request_memory[LOUDSPEAKER_REQUEST_BYTES];
  TaskHandle_t task;
  SemaphoreHandle_t done;
  uint32_t ends;
  int is_sounding;
  int16_t samples[LOUDSPEAKER_BUFFER_SAMPLES];
} loudspeaker;

/* The members up to cue are set, and cue_bytes() bytes behind that. */
esp_err_t loudspeaker_open(loudspeaker *self, const sound_bus *bus);

/* 0 when too much is waiting. The number and the volume are in range, see cues.h. */
int loudspeaker_play(loudspeaker *self, int number, int volume_percent);
int loudspeaker_stop(loudspeaker *self);

/* Returns once the task is gone. Twice does no harm. */
void loudspeaker_close(loudspeaker *self);

#endif
