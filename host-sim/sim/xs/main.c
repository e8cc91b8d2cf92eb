/* Runs a bundle in a machine of the given size:
 *
 *     earshot-xs --slots N --chunk-bytes N --stack-slots N [--statistics]
 *                [--configuration FILE] [--preload MODULE] BUNDLE
 *
 * Lines that the bundle prints go to stdout; how it ended badly and the statistics go to stderr; exit codes are in
 * platform_exit.h. */
#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "file.h"
#include "host.h"
#include "machine.h"
#include "native_functions.h"
#include "platform_exit.h"

enum { C_STACK_BYTES = 4 * 1024 * 1024 };

typedef struct {
  machine_size size;
  int statistics;
  const char *configuration;
  const char *preload;
  const char *bundle;
} arguments;

static arguments given;
static int goes_on = 1;

static int positive(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  if (end == text || *end || value < 1 || value > 1 << 28)
    fail(EX_USAGE, "usage", "sizes are whole numbers from 1 to 268435456");
  return (int)value;
}

static arguments read_arguments(int count, char **words) {
  enum { SLOTS = 1, CHUNK_BYTES, STACK_SLOTS, STATISTICS, CONFIGURATION, PRELOAD };
  static const struct option options[] = {
      {"slots", required_argument, NULL, SLOTS},
      {"chunk-bytes", required_argument, NULL, CHUNK_BYTES},
      {"stack-slots", required_argument, NULL, STACK_SLOTS},
      {"statistics", no_argument, NULL, STATISTICS},
      {"configuration", required_argument, NULL, CONFIGURATION},
      {"preload", required_argument, NULL, PRELOAD},
      {NULL, 0, NULL, 0},
  };
  arguments read = {.configuration = NULL};
  for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
    switch (option) {
    case SLOTS:
      read.size.slots = positive(optarg);
      break;
    case CHUNK_BYTES:
      read.size.chunk_bytes = positive(optarg);
      break;
    case STACK_SLOTS:
      read.size.stack_slots = positive(optarg);
      break;
    case STATISTICS:
      read.statistics = 1;
      break;
    case CONFIGURATION:
      read.configuration = optarg;
      break;
    case PRELOAD:
      read.preload = optarg;
      break;
    default:
      exit(EX_USAGE); /* getopt has said what is wrong */
    }
  }
  if (!read.size.slots || !read.size.chunk_bytes || !read.size.stack_slots || optind != count - 1)
    fail(EX_USAGE, "usage", "--slots N --chunk-bytes N --stack-slots N and one bundle are needed");
  read.bundle = words[optind];
  return read;
}

static void install(machine *outer) {
  xsMachine *the = (xsMachine *)outer;
  size_t byte_length = 0;
  host_install(the, given.configuration ? file_read(given.configuration, &byte_length) : "");
  native_functions_install(the);
}

static void step(machine *the) {
  goes_on = host_step((xsMachine *)the);
}

static void *run(void *bundle) {
  size_t byte_length;
  const char *preloaded = given.preload ? file_read(given.preload, &byte_length) : NULL;
  machine *the = machine_create(&given.size, preloaded, bundle);
  machine_run(the, install);
  machine_evaluate(the);
  while (goes_on) machine_run(the, step);
  fflush(stdout);
  if (given.statistics) machine_print_statistics(the);
  return NULL;
}

int main(int count, char **words) {
  given = read_arguments(count, words);
  size_t byte_length;
  char *bundle = file_read(given.bundle, &byte_length);
  /* XS asks for the end of its thread's C stack, which is certain only where the size was chosen. */
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, C_STACK_BYTES);
  if (pthread_create(&thread, &attributes, run, bundle) != 0)
    fail(EX_OSERR, "outOfMemory", "no thread for the machine");
  pthread_join(thread, NULL);
  return EXIT_SUCCESS;
}
