/* The partition that keeps the record of what was heard and done, sector by sector. In the simulator a file stands for it. */
#ifndef EARSHOT_RECORD_FLASH_H
#define EARSHOT_RECORD_FLASH_H

#include <stddef.h>

#define RECORD_SECTOR_BYTES 4096

/* How many sectors there are; 0 where there is no such partition. */
int record_flash_open(void);

/* Of one sector, within it. 0 when the flash refuses. A write turns ones to zeros and nothing else. */
int record_flash_read(int sector, size_t offset, void *into, size_t byte_length);
int record_flash_write(int sector, size_t offset, const void *bytes, size_t byte_length);
int record_flash_erase(int sector);

/* Bytes that nobody can foretell. */
void record_random(void *into, size_t byte_length);

#endif
