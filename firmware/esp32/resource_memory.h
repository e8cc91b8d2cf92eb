/* Memory that is read faster than flash, for the resources that are read most: PSRAM. In the simulator the heap stands for it. */
#ifndef EARSHOT_RESOURCE_MEMORY_H
#define EARSHOT_RESOURCE_MEMORY_H

#include <stddef.h>

/* Stays free for arenas, decoder and backlog, and for the measuring of arenas (boards/BUDGETS.md). */
#define RESOURCE_MEMORY_LEFT (1024 * 1024)

/* How many bytes there are in one piece. */
size_t resource_memory_free(void);

/* For as long as the chip runs, at a line of the cache. NULL when there is none. */
void *resource_memory_take(size_t byte_length);

#endif
