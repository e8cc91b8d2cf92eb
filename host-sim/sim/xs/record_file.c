/* The file `record` in the folder of the run stands for the partition that keeps the record; it is there only where a run
 * brings one. */
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../firmware/esp32/record_flash.h"

static int file = -1;

static off_t address(int sector, size_t offset) {
  return (off_t)sector * RECORD_SECTOR_BYTES + (off_t)offset;
}

static int put(int sector, size_t offset, const void *bytes, size_t byte_length) {
  return pwrite(file, bytes, byte_length, address(sector, offset)) == (ssize_t)byte_length;
}

int record_flash_open(void) {
  struct stat kept;
  if (file < 0) file = open("record", O_RDWR);
  return file >= 0 && fstat(file, &kept) == 0 ? (int)(kept.st_size / RECORD_SECTOR_BYTES) : 0;
}

int record_flash_read(int sector, size_t offset, void *into, size_t byte_length) {
  return pread(file, into, byte_length, address(sector, offset)) == (ssize_t)byte_length;
}

int record_flash_write(int sector, size_t offset, const void *bytes, size_t byte_length) {
  unsigned char kept[RECORD_SECTOR_BYTES];
  if (!record_flash_read(sector, offset, kept, byte_length)) return 0;
  for (size_t i = 0; i < byte_length; i++) kept[i] &= ((const unsigned char *)bytes)[i];
  return put(sector, offset, kept, byte_length);
}

int record_flash_erase(int sector) {
  unsigned char blank[RECORD_SECTOR_BYTES];
  memset(blank, 0xff, sizeof blank);
  return put(sector, 0, blank, sizeof blank);
}

void record_random(void *into, size_t byte_length) {
  unsigned char *at = into;
  while (byte_length > 0) {
    const ssize_t got = getrandom(at, byte_length < 256 ? byte_length : 256, 0);
    if (got > 0) {
      at += got;
      byte_length -= (size_t)got;
    }
  }
}
