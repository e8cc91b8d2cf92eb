#include <string.h>

#include "microphone.h"

static void keep_pace(clip_player *self) {
  if (self->in_real_time) vTaskDelayUntil(&self->last_wake, pdMS_TO_TICKS(EAR_LOOP_STEP_MS));
}

static int start(void *context) {
  clip_player *self = context;
  self->has_begun = 1;
  return 1;
}

static void stop(void *context) {
  (void)context;
}

int clip_player_is_over(const clip_player *self) {
  return self->clip.count - self->clip.next < EAR_LOOP_SAMPLES;
}

static size_t play(clip_player *self, void *bus) {
  keep_pace(self);
  memset(bus, 0, EAR_LOOP_SAMPLES * sizeof(int16_t)); /* silence afterwards */
  mic_clip_read(&self->clip, bus, EAR_LOOP_SAMPLES);
  return EAR_LOOP_SAMPLES * sizeof(int16_t);
}

/* It waits for its reader, however late. */
static size_t read_buffer(void *context, void *bus, uint32_t patience_ms) {
  return patience_ms > 0 ? play(context, bus) : 0;
}

/* The recording begins when it is first let in; then it goes on while a mute keeps it out, as a voice in the room
 * would. */
static void pause_step(void *context) {
  clip_player *self = context;
  int16_t unheard[EAR_LOOP_SAMPLES];
  if (self->has_begun)
    play(self, unheard);
  else
    keep_pace(self);
}

static uint32_t take_lost(void *context) {
  (void)context;
  return 0;
}

void clip_player_open(clip_player *self, const mic_clip *clip, int in_real_time, ear_source *source) {
  memset(self, 0, sizeof *self);
  self->clip = *clip;
  self->in_real_time = in_real_time;
  self->last_wake = xTaskGetTickCount();
  const mic_format format = {.slot_bits = 16, .channels = 1, .channel = MIC_LEFT, .keep_offset = 1};
  *source = (ear_source){start, stop, read_buffer, take_lost, pause_step, self, format};
}
