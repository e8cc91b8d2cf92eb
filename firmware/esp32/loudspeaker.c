#include "loudspeaker.h"

#include <string.h>

#define TASK_PRIORITY 6 /* above JavaScript's 4: what sounds shall not stutter */
#define TASK_CORE 0     /* the other one is the ear's */
#define TASK_STACK_BYTES 3072
#define NOTHING (-1)

typedef struct {
  int32_t number; /* of a cue, or NOTHING: stop */
  int32_t volume_percent;
} request;

static void write_samples(loudspeaker *self, size_t count) {
  size_t written;
  i2s_channel_write(self->channel, self->samples, count * sizeof self->samples[0], &written, portMAX_DELAY);
}

/* Returns 0 when that was the last of the cue. */
static int play_some(loudspeaker *self) {
  const size_t count = cue_render(self->cue, self->samples, LOUDSPEAKER_BUFFER_SAMPLES);
  if (count > 0) write_samples(self, count);
  return count == LOUDSPEAKER_BUFFER_SAMPLES;
}

/* Waits until the driver has sent what it had. */
static void flush(loudspeaker *self) {
  memset(self->samples, 0, sizeof self->samples);
  const size_t kept = self->sample_rate * SOUND_BUS_BUFFER_MS / 1000 * SOUND_BUS_DMA_BUFFERS;
  for (size_t sent = 0; sent < kept; sent += LOUDSPEAKER_BUFFER_SAMPLES)
    write_samples(self, LOUDSPEAKER_BUFFER_SAMPLES);
}

static void cut_short(loudspeaker *self) {
  if (!self->is_sounding) return;
  cue_stop(self->cue);
  while (play_some(self)) continue;
  self->is_sounding = 0;
  self->tell(self->tell_context);
}

static void obey(loudspeaker *self) {
  request asked;
  while (queue_take(&self->requests, &asked, sizeof asked) == sizeof asked) {
    cut_short(self);
    if (asked.number == NOTHING) continue;
    line_set(&self->amplifier, 1);
    cue_init(self->cue, asked.number, self->sample_rate, asked.volume_percent);
    self->is_sounding = 1;
  }
}

static void rest(loudspeaker *self) {
  flush(self);
  line_set(&self->amplifier, 0);
  if (self->is_sounding) self->tell(self->tell_context);
  self->is_sounding = 0;
}

static void task(void *context) {
  loudspeaker *self = context;
  while (!__atomic_load_n(&self->ends, __ATOMIC_ACQUIRE)) {
    if (!self->is_sounding) ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    const int was_sounding = self->is_sounding;
    obey(self);
    if (self->is_sounding ? !play_some(self) : was_sounding) rest(self);
  }
  cut_short(self);
  rest(self);
  xSemaphoreGive(self->done);
  vTaskDelete(NULL);
}

esp_err_t loudspeaker_open(loudspeaker *self, const sound_bus *bus) {
  esp_err_t status = line_open(&self->amplifier);
  queue_init(&self->requests, self->request_memory, sizeof self->request_memory);
  if (status == ESP_OK) status = sound_bus_open_output(bus, &self->channel);
  if (status != ESP_OK) return status;
  self->done = xSemaphoreCreateBinary();
  if (self->done && xTaskCreatePinnedToCore(task, "speaker", TASK_STACK_BYTES, self, TASK_PRIORITY,
                                            &self->task, TASK_CORE) == pdPASS)
    return ESP_OK;
  self->task = NULL;
  loudspeaker_close(self);
  return ESP_ERR_NO_MEM;
}

static int ask(loudspeaker *self, int number, int volume_percent) {
  const request asked = {number, volume_percent};
  const int fits = queue_put(&self->requests, &asked, sizeof asked);
  xTaskNotifyGive(self->task);
  return fits;
}

int loudspeaker_play(loudspeaker *self, int number, int volume_percent) {
  return ask(self, number, volume_percent);
}

int loudspeaker_stop(loudspeaker *self) {
  return ask(self, NOTHING, 0);
}

void loudspeaker_close(loudspeaker *self) {
  if (self->task) {
    __atomic_store_n(&self->ends, 1, __ATOMIC_RELEASE);
    xTaskNotifyGive(self->task);
    xSemaphoreTake(self->done, portMAX_DELAY);
    self->task = NULL;
  }
  if (self->done) vSemaphoreDelete(self->done);
  self->done = NULL;
  sound_bus_close(self->channel);
  self->channel = NULL;
}
