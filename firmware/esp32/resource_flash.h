/* The partitions that may hold a file of resources. In the simulator files stand for them. */
#ifndef EARSHOT_RESOURCE_FLASH_H
#define EARSHOT_RESOURCE_FLASH_H

#include "../natives/resources/resources.h"

#define RESOURCE_FLASH_PLACES 2

/* Fills in the places that there are, mapped into memory for as long as the chip runs; returns how many those are. */
int resource_flash_map(resources_copy copies[RESOURCE_FLASH_PLACES]);

#endif
