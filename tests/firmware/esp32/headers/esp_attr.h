/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#define IRAM_ATTR
