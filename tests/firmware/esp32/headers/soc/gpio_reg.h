/* Only what firmware/esp32 uses, with the signatures of ESP-IDF 6.0: npm run build:check holds them to that. */
#pragma once

#define GPIO_STATUS_REG 0x60004044
#define GPIO_STATUS1_REG 0x60004050
