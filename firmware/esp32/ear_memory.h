/* The memory that an ear's parts are handed: zeroed, aligned to 16, internal or external RAM, given back together. */
#ifndef EARSHOT_EAR_MEMORY_H
#define EARSHOT_EAR_MEMORY_H

#include <stddef.h>

/* What is touched for every sample belongs into internal RAM; the other kind has the room. Where there is none left of
 * the wanted kind, the other serves. */
typedef enum { EAR_MEMORY_INTERNAL = 0, EAR_MEMORY_EXTERNAL, EAR_MEMORY_KINDS } ear_memory_kind;

#define EAR_MEMORY_BLOCKS 24

typedef struct {
  void *start;
  size_t byte_length;
  ear_memory_kind kind; /* that it is, whatever was wanted */
} ear_memory_block;

typedef struct {
  ear_memory_block blocks[EAR_MEMORY_BLOCKS];
  int count;
  size_t bytes[EAR_MEMORY_KINDS];
} ear_memory;

/* NULL when there is none. */
void *ear_memory_take(ear_memory *self, size_t byte_length, ear_memory_kind wanted);

void ear_memory_give_back_newest(ear_memory *self);
void ear_memory_give_back_all(ear_memory *self);

#endif
