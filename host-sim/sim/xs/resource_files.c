/* Files in the folder of the run stand for the partitions that the chip maps. The file `psram` is as long as PSRAM has bytes
 * free; without it there are plenty. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../firmware/esp32/resource_flash.h"
#include "../../../firmware/esp32/resource_memory.h"
#include "file.h"

#define PLENTY ((size_t)8 << 20)

static const char *const PLACES[RESOURCE_FLASH_PLACES] = {"resources_a", "resources_b"};

int resource_flash_map(resources_copy copies[RESOURCE_FLASH_PLACES]) {
  int count = 0;
  for (int i = 0; i < RESOURCE_FLASH_PLACES; i++) {
    if (access(PLACES[i], R_OK) != 0) continue;
    memset(&copies[count], 0, sizeof *copies);
    copies[count].name = PLACES[i];
    copies[count].bytes = (const uint8_t *)file_read(PLACES[i], &copies[count].place_bytes);
    count++;
  }
  return count;
}

size_t resource_memory_free(void) {
  struct stat psram;
  return stat("psram", &psram) == 0 ? (size_t)psram.st_size : PLENTY;
}

void *resource_memory_take(size_t byte_length) {
  return malloc(byte_length);
}
