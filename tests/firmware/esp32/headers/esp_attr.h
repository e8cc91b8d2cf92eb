/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: see tests/firmware/esp32/test_real_headers.py. */
#pragma once

#define IRAM_ATTR
