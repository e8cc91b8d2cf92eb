#include "ear_task.h"

static int ends(const ear_task *self) {
  return (int)__atomic_load_n(&self->ends, __ATOMIC_ACQUIRE);
}

static void step(ear_task *self) {
  if (ear_loop_step(&self->loop)) self->tell(self->tell_context);
}

static void run(ear_task *self) {
  while (!ends(self)) {
    if (self->stepped) ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    if (ends(self)) return;
    step(self);
    if (self->stepped) xSemaphoreGive(self->done);
  }
}

static void begin(ear_task *self) {
  /* here, because the switch's interrupt must be on this task's core */
  self->status = mute_pin_watch(&self->pin, &self->loop.mute);
  if (self->status == ESP_OK && self->stepped) ear_loop_open_at_once(&self->loop);
}

static void end(ear_task *self) {
  ear_loop_end(&self->loop);
  mute_pin_close(&self->pin);
}

/* `self` is not the task's any more once it has given `done` for the last time. */
static void task(void *context) {
  ear_task *self = context;
  begin(self);
  if (self->status == ESP_OK) {
    xSemaphoreGive(self->done);
    run(self);
  }
  end(self);
  xSemaphoreGive(self->done);
  vTaskDelete(NULL);
}

esp_err_t ear_task_start(ear_task *self) {
  self->ends = 0;
  self->done = xSemaphoreCreateBinary();
  if (!self->done) return ESP_ERR_NO_MEM;
  const BaseType_t made = xTaskCreatePinnedToCore(task, "ear", EAR_TASK_STACK_BYTES, self, EAR_TASK_PRIORITY,
                                                  &self->handle, EAR_TASK_CORE);
  if (made == pdPASS) xSemaphoreTake(self->done, portMAX_DELAY);
  const esp_err_t status = made == pdPASS ? self->status : ESP_ERR_NO_MEM;
  if (status == ESP_OK) return ESP_OK;
  self->handle = NULL;
  vSemaphoreDelete(self->done);
  return status;
}

void ear_task_step(ear_task *self) {
  xTaskNotifyGive(self->handle);
  xSemaphoreTake(self->done, portMAX_DELAY);
}

void ear_task_end(ear_task *self) {
  if (!self->handle) return;
  __atomic_store_n(&self->ends, 1, __ATOMIC_RELEASE);
  xTaskNotifyGive(self->handle);
  xSemaphoreTake(self->done, portMAX_DELAY);
  self->handle = NULL;
  vSemaphoreDelete(self->done);
}

uint32_t ear_task_stack_left(const ear_task *self) {
  return self->handle ? (uint32_t)uxTaskGetStackHighWaterMark(self->handle) : 0;
}
