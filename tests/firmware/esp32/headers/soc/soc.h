/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#include <stdint.h>

#define REG_READ(address) fake_register(address)

uint32_t fake_register(uint32_t address);
