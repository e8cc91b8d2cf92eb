/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#ifndef INC_FREERTOS_H
#error "FreeRTOS.h comes first, as with the real one"
#endif

typedef struct QueueDefinition *QueueHandle_t;
typedef QueueHandle_t SemaphoreHandle_t;

QueueHandle_t xQueueGenericCreate(const UBaseType_t uxQueueLength, const UBaseType_t uxItemSize,
                                  const uint8_t ucQueueType);
void vQueueDelete(QueueHandle_t xQueue);
BaseType_t xQueueSemaphoreTake(QueueHandle_t xQueue, TickType_t xTicksToWait);
BaseType_t xQueueGenericSend(QueueHandle_t xQueue, const void *const pvItemToQueue, TickType_t xTicksToWait,
                             const BaseType_t xCopyPosition);

#define xSemaphoreCreateBinary() xQueueGenericCreate(1, 0, 3)
#define vSemaphoreDelete(semaphore) vQueueDelete(semaphore)
#define xSemaphoreTake(semaphore, ticks) xQueueSemaphoreTake(semaphore, ticks)
#define xSemaphoreGive(semaphore) xQueueGenericSend(semaphore, NULL, 0, 0)
