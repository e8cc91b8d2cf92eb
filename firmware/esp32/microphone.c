#include "microphone.h"

#include <string.h>

#include "esp_attr.h"

static int start(void *context) {
  const microphone *self = context;
  return i2s_channel_enable(self->channel) == ESP_OK; /* the driver forgets what it had */
}

static void stop(void *context) {
  const microphone *self = context;
  i2s_channel_disable(self->channel);
}

static size_t read_buffer(void *context, void *bus, uint32_t patience_ms) {
  const microphone *self = context;
  const size_t wanted = EAR_LOOP_SAMPLES * self->frame_bytes;
  size_t got = 0;
  const esp_err_t status = i2s_channel_read(self->channel, bus, wanted, &got, patience_ms);
  return status == ESP_OK && got == wanted ? got : 0;
}

static uint32_t take_lost(void *context) {
  microphone *self = context;
  const uint32_t lost = __atomic_load_n(&self->lost_frames, __ATOMIC_ACQUIRE) - self->reported_frames;
  self->reported_frames += lost;
  return lost;
}

static void pause_step(void *context) {
  (void)context;
  vTaskDelay(pdMS_TO_TICKS(EAR_LOOP_STEP_MS));
}

/* Nobody has read for as long as the driver can keep; it drops its oldest buffer. */
static bool IRAM_ATTR on_overrun(i2s_chan_handle_t channel, i2s_event_data_t *event, void *context) {
  microphone *self = context;
  (void)channel;
  const uint32_t frames = (uint32_t)(event->size / self->frame_bytes);
  __atomic_store_n(&self->lost_frames, self->lost_frames + frames, __ATOMIC_RELEASE);
  return false;
}

static mic_format format_of(const sound_bus *bus, int gain_bits) {
  return (mic_format){
      .slot_bits = bus->pdm ? 16 : bus->slot_bits,
      .channels = bus->channel == SOUND_BUS_BOTH ? 2 : 1,
      .channel = MIC_AVERAGE,
      .gain_bits = gain_bits,
  };
}

esp_err_t microphone_open(microphone *self, const sound_bus *bus, const sound_bus *loudspeaker, int gain_bits,
                          ear_source *source) {
  memset(self, 0, sizeof *self);
  const mic_format format = format_of(bus, gain_bits);
  self->frame_bytes = mic_frame_bytes(&format);
  *source = (ear_source){start, stop, read_buffer, take_lost, pause_step, self, format};
  esp_err_t status = sound_bus_open_input(bus, loudspeaker, &self->channel);
  const i2s_event_callbacks_t callbacks = {.on_recv_q_ovf = on_overrun};
  if (status == ESP_OK) status = i2s_channel_register_event_callback(self->channel, &callbacks, self);
  if (status != ESP_OK) microphone_close(self);
  return status;
}

void microphone_close(microphone *self) {
  sound_bus_close(self->channel);
  self->channel = NULL;
}
