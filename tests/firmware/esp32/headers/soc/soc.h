/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: see tests/firmware/esp32/test_real_headers.py. */
#pragma once

#include <stdint.h>

#define REG_READ(address) fake_register(address)

uint32_t fake_register(uint32_t address);
