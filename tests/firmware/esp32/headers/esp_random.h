/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#include <stddef.h>

void esp_fill_random(void *buf, size_t len);
