/* A JavaScript machine of fixed size that runs one bundle, shaped like the chip's: built-ins, byte code,
 * names and literals lie in a shared machine (flash on the chip), only what the bundle makes at run time
 * counts. */
#ifndef EARSHOT_MACHINE_H
#define EARSHOT_MACHINE_H

#include <stddef.h>

typedef struct sxMachine machine;

typedef struct {
  int slots;       /* objects, properties, closures: 16 bytes each on the chip, 32 in a 64-bit process */
  int chunk_bytes; /* strings, arrays, buffers */
  int stack_slots;
} machine_size;

/* Makes the machine and compiles source for it. The preloaded module, unless NULL, has run before the machine is
 * made: what it made lies in flash too, as with a manifest's `preload`; the bundle imports it as "preloaded".
 * Ends the process when the size does not hold even that. */
machine *machine_create(const machine_size *size, const char *preloaded_source, const char *source);

/* Does some work from outside, as the chip's event loop does, then the promise jobs that it left. What ends a
 * machine ends the process, see platform_exit.h. */
void machine_run(machine *the, void (*work)(machine *the));

/* Evaluates the bundle. */
void machine_evaluate(machine *the);

/* What a collection of garbage leaves: a text of JSON, at most MACHINE_MEMORY_BYTES long. */
enum { MACHINE_MEMORY_BYTES = 160 };
void machine_memory(machine *the, char *text);

/* One line of JSON on stderr. The peak includes garbage not yet collected, live is what a last collection
 * leaves, and steps are the instructions run. */
void machine_print_statistics(machine *the);

#endif
