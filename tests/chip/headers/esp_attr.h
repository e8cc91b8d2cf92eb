/* Only what firmware/natives/esp32 uses, with the signatures of ESP-IDF 6.0: see tests/chip/test_real_headers.py. */
#pragma once

#define IRAM_ATTR
