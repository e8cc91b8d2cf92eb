/* What a speaker hears with, beside its firmware: models, grammar and how they are used, in one file that is read where it
 * lies, in memory-mapped flash on the chip. Written by host-sim/packages/resources. All numbers little-endian.
 *
 *   offset  0  "EARSHOTR"
 *           8  format            u16, 1
 *          10  entries           u16, 1 to 64
 *          12  byte length       u32, of the whole file but for a signature
 *          16  revision          u32: of two copies the greater is the newer
 *          20  signature bytes   u32: so many follow the file; nothing reads them yet
 *          24  operators         32 bytes: bit n, from the lowest of the first byte on, says that a model is made of operator
 *                                n of TensorFlow Lite's schema
 *          56  reserved          u32, 0
 *          60  checksum          CRC-32 of the 60 bytes before it and of the table
 *          64  table             64 bytes an entry:
 *                 0  name            ASCII, with NULs up to 32 bytes and one at least; none twice
 *                32  kind            u32, a resources_kind
 *                36  offset          u32, a multiple of 64: where the entry before ends, filled up with zeros
 *                40  byte length     u32
 *                44  arena bytes     u32: what a model takes at least to run, whatever interpreter runs it; 0: not said
 *                48  reserved        12 bytes, 0
 *                60  checksum        CRC-32 of the bytes, those that fill up included
 *              contents
 *
 * So each byte but a signature's is under one checksum. Nothing is used before all of it has been checked. */
#ifndef EARSHOT_RESOURCES_H
#define EARSHOT_RESOURCES_H

#include <stddef.h>
#include <stdint.h>

#define RESOURCES_ALIGNMENT 64 /* a line of the chip's cache, and more than any model asks for */
#define RESOURCES_MOST_ENTRIES 64
#define RESOURCES_NAME_BYTES 32
#define RESOURCES_DETAIL_BYTES 96

typedef enum {
  RESOURCES_HEARING = 1, /* JSON: how models and grammar are used */
  RESOURCES_MODEL = 2,   /* TensorFlow Lite */
  RESOURCES_GRAMMAR = 3, /* decoder/graph.h */
} resources_kind;

typedef enum {
  RESOURCES_OK = 0,
  RESOURCES_ABSENT,         /* no file of this kind: erased flash, or something else */
  RESOURCES_OTHER_FORMAT,   /* of a later firmware */
  RESOURCES_CUT,            /* longer than where it lies */
  RESOURCES_DAMAGED,        /* a checksum is wrong, or a number out of order */
  RESOURCES_NEEDS_OPERATOR, /* a model is made of what this firmware lacks */
  RESOURCES_NEEDS_MEMORY    /* a model takes more to run than there is */
} resources_status;

/* The detail is for people: it names the entry that is damaged. */
typedef struct {
  resources_status status;
  char detail[RESOURCES_DETAIL_BYTES];
} resources_error;

/* A file that has been checked. The bytes stay the caller's and must not change. */
typedef struct {
  const uint8_t *bytes;
  uint32_t byte_length, revision, entry_count;
} resources;

/* An entry. Everything points into the file. */
typedef struct {
  const char *name;
  uint32_t kind;
  const uint8_t *bytes;
  uint32_t byte_length, arena_bytes;
} resources_entry;

/* Checks the file that begins here, in a place of so many bytes, aligned to 4: all of it, a kilobyte in some 15,000
 * instructions. Otherwise than RESOURCES_OK *self has no entries. */
resources_status resources_open(resources *self, const uint8_t *bytes, size_t place_bytes,
                                resources_error *error);

/* 0 when there is none. */
int resources_at(const resources *self, uint32_t index, resources_entry *entry);
int resources_find(const resources *self, const char *name, resources_entry *entry);

/* A place that may hold a file. */
typedef struct {
  const char *name; /* of the place */
  const uint8_t *bytes;
  size_t place_bytes;
  int was_looked_at;
  resources_error error;
} resources_copy;

/* What the models must do with. */
typedef struct {
  int (*has_operator)(int operator_code);
  size_t arena_bytes; /* free in one piece */
} resources_means;

/* Opens the newest copy that is whole and whose models this speaker has the operators and the memory for; of two alike the
 * first. Returns its index, or -1 when there is none. Older copies than it are not looked at; the others say why not. */
int resources_choose(resources *self, resources_copy *copies, int count, const resources_means *means);

#endif
