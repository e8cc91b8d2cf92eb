#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "fakes.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

#define TICK_US 100

struct tskTaskControlBlock {
  TaskFunction_t function;
  void *argument;
  int core;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  uint32_t notifications;
};

struct QueueDefinition {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int given;
};

static __thread struct tskTaskControlBlock *current;

int fake_task_core(void) {
  return current ? current->core : -1;
}

static void *run(void *context) {
  current = context;
  current->function(current->argument);
  abort(); /* a task never returns */
}

BaseType_t xTaskCreatePinnedToCore(TaskFunction_t function, const char *const name,
                                   const uint32_t stack_bytes, void *const argument, UBaseType_t priority,
                                   TaskHandle_t *const made, const BaseType_t core) {
  (void)name;
  (void)stack_bytes;
  (void)priority;
  struct tskTaskControlBlock *self = calloc(1, sizeof *self);
  self->function = function;
  self->argument = argument;
  self->core = core;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->changed, NULL);
  *made = self;
  pthread_t thread;
  if (pthread_create(&thread, NULL, run, self) != 0) return 0;
  pthread_detach(thread);
  return pdPASS;
}

void vTaskDelete(TaskHandle_t task) {
  if (task) abort(); /* only itself */
  pthread_exit(NULL);
}

void vTaskDelay(const TickType_t ticks) {
  usleep(ticks * TICK_US);
}

TickType_t xTaskGetTickCount(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (TickType_t)(now.tv_sec * (1000000 / TICK_US) + now.tv_nsec / (1000 * TICK_US));
}

BaseType_t xTaskDelayUntil(TickType_t *const last_wake, const TickType_t ticks) {
  *last_wake += ticks;
  const int32_t left = (int32_t)(*last_wake - xTaskGetTickCount());
  if (left > 0) vTaskDelay((TickType_t)left);
  return left > 0;
}

UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task) {
  (void)task;
  return 4321;
}

/* Waits until `*count` is above 0; returns what it was, 0 after the time. */
static uint32_t wait_for(pthread_mutex_t *mutex, pthread_cond_t *changed, void *count, TickType_t ticks) {
  uint32_t *waited = count;
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  const uint64_t ns = (uint64_t)until.tv_nsec + (uint64_t)ticks * TICK_US * 1000;
  until.tv_sec += (time_t)(ns / 1000000000);
  until.tv_nsec = (long)(ns % 1000000000);
  pthread_mutex_lock(mutex);
  int late = 0;
  while (*waited == 0 && late != ETIMEDOUT)
    late = ticks == portMAX_DELAY ? pthread_cond_wait(changed, mutex)
                                  : pthread_cond_timedwait(changed, mutex, &until);
  const uint32_t found = *waited;
  *waited = 0;
  pthread_mutex_unlock(mutex);
  return found;
}

static void raise(pthread_mutex_t *mutex, pthread_cond_t *changed, void *count) {
  uint32_t *raised = count;
  pthread_mutex_lock(mutex);
  (*raised)++;
  pthread_cond_broadcast(changed);
  pthread_mutex_unlock(mutex);
}

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *previous) {
  (void)index;
  (void)value;
  (void)previous;
  if (action != eIncrement) abort();
  raise(&task->mutex, &task->changed, &task->notifications);
  return pdPASS;
}

uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear, TickType_t ticks) {
  (void)index;
  (void)clear;
  return wait_for(&current->mutex, &current->changed, &current->notifications, ticks);
}

QueueHandle_t xQueueGenericCreate(const UBaseType_t length, const UBaseType_t item_bytes,
                                  const uint8_t type) {
  (void)length;
  (void)item_bytes;
  (void)type;
  struct QueueDefinition *self = calloc(1, sizeof *self);
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->changed, NULL);
  return self;
}

void vQueueDelete(QueueHandle_t queue) {
  (void)queue; /* the thread that gave it last may not have returned yet */
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t queue, TickType_t ticks) {
  return wait_for(&queue->mutex, &queue->changed, &queue->given, ticks) > 0;
}

BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t ticks,
                             const BaseType_t where) {
  (void)item;
  (void)ticks;
  (void)where;
  raise(&queue->mutex, &queue->changed, &queue->given);
  return pdPASS;
}
