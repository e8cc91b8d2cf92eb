/* Only what firmware/esp32 uses, with the signatures of the Moddable SDK 8.2: npm run
 * build:check holds them to that. */
#pragma once

#include <stdint.h>

typedef void (*modMessageDeliver)(void *the, void *refcon, uint8_t *message, uint16_t messageLength);

int ESP_getc(void);
int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver callback, void *refcon);
