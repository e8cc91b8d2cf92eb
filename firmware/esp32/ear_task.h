/* The ear's loop as a task of FreeRTOS, pinned to core 1: nothing that happens in JavaScript or on the network, both on
 * core 0, can hold up the microphone. */
#ifndef EARSHOT_EAR_TASK_H
#define EARSHOT_EAR_TASK_H

#include "ear_loop.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "mute_pin.h"

#define EAR_TASK_CORE 1
#define EAR_TASK_PRIORITY 10 /* above JavaScript's 4, below the drivers' and Wi-Fi's */
#define EAR_TASK_STACK_BYTES 12288

typedef struct {
  ear_loop loop;
  mute_pin pin;
  int stepped; /* waits for ear_task_step before each step */
  /* Called by the task when there is something for JavaScript; must not wait. */
  void (*tell)(void *context);
  void *tell_context;
  TaskHandle_t handle;    /* NULL: there is no task */
  SemaphoreHandle_t done; /* given when the task has begun, after each single step, and when it has ended */
  esp_err_t status;       /* of its beginning */
  uint32_t ends;          /* JavaScript wants it to end */
} ear_task;

/* Returns once the task hears, or has said why it cannot. loop, pin and the members up to tell_context are set. */
esp_err_t ear_task_start(ear_task *self);

/* A stepped task: one step, to its end. */
void ear_task_step(ear_task *self);

/* Returns once the task is gone; the microphone is cut. Twice does no harm. */
void ear_task_end(ear_task *self);

/* The least that was ever left of the stack. */
uint32_t ear_task_stack_left(const ear_task *self);

#endif
