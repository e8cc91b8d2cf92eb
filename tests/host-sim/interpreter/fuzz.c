/* Damages model files by a seeded generator and opens each: whatever the bytes are, the interpreter answers with a
 * typed error or with a model that runs. Built with the address and undefined-behaviour sanitisers; file and
 * arena are exactly as long as told, so the first byte outside of either stops the program.
 *
 *     fuzz SEED CASES FILE...     prints `CASES cases, N opened` */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../firmware/natives/model/model.h"

#define MOST_ARENA_BYTES (1 << 20) /* keeps a damaged shape from asking for minutes of work */

static uint64_t state;

static uint32_t draw(uint32_t below) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return below == 0 ? 0 : (uint32_t)(state >> 33) % below;
}

static void expect(int holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "expected: %s\n", what);
  abort();
}

/* Numbers that bounds checks get wrong. */
static uint32_t nasty_number(size_t length) {
  static const uint32_t numbers[] = {0,          1,       2,          0x7f,       0x80,
                                     0xff,       0xffff,  0x7fffffff, 0x80000000, 0xffffffff,
                                     0xfffffffc, 0x10000, 65537,      0x1000000};
  switch (draw(4)) {
  case 0:
    return (uint32_t)length - draw(16);
  case 1:
    return draw((uint32_t)length);
  case 2:
    return draw(8);
  default:
    return numbers[draw(sizeof numbers / sizeof *numbers)];
  }
}

static void damage(uint8_t *file, size_t length) {
  uint32_t at = draw((uint32_t)length);
  uint32_t number = nasty_number(length);
  size_t room = length - at;
  switch (draw(6)) {
  case 0:
    file[at] ^= (uint8_t)(1u << draw(8));
    return;
  case 1:
    file[at] = (uint8_t)draw(256);
    return;
  case 2:
    memcpy(file + at, &number, room < 2 ? room : 2);
    return;
  case 3: { /* nudge a number that is there: shapes and offsets then nearly fit */
    uint32_t word = 0;
    at &= ~3u;
    room = length - at;
    memcpy(&word, file + at, room < 4 ? room : 4);
    word += draw(9) - 4;
    memcpy(file + at, &word, room < 4 ? room : 4);
    return;
  }
  case 4: { /* copy one part over another */
    uint32_t from = draw((uint32_t)length), bytes = 1 + draw(32);
    if (from + bytes <= length && bytes <= room) memmove(file + at, file + from, bytes);
    return;
  }
  default:
    at &= ~3u;
    room = length - at;
    memcpy(file + at, &number, room < 4 ? room : 4);
  }
}

static void run(model *opened) {
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < model_input_count(opened); i++) {
      model_tensor input = model_input(opened, i);
      for (int32_t j = 0; j < input.byte_length; j++) ((uint8_t *)input.data)[j] = (uint8_t)draw(256);
    }
    model_invoke(opened);
    for (int i = 0; i < model_output_count(opened); i++) {
      model_tensor output = model_output(opened, i);
      volatile uint8_t sum = 0;
      for (int32_t j = 0; j < output.byte_length; j++) sum ^= ((uint8_t *)output.data)[j];
    }
    if (round == 1) model_reset(opened);
  }
}

static int try_open(const uint8_t *file, size_t length) {
  size_t arena_bytes = 0;
  for (int calls = 0;; calls++) {
    uint8_t *arena = arena_bytes == 0 ? NULL : malloc(arena_bytes);
    model *opened = NULL;
    model_error error;
    memset(&error, 0x55, sizeof error);
    model_status status = model_open(file, length, arena, arena_bytes, &opened, &error);
    expect((status == MODEL_OK) == (opened != NULL), "a model if and only if the status is OK");
    expect(error.status == status, "the error to have the status");
    expect(memchr(error.detail, 0, sizeof error.detail) != NULL, "the detail to end");
    expect(status == MODEL_OK || error.detail[0] != 0, "the detail to say something");
    expect(status <= MODEL_ARENA_TOO_SMALL, "a status that exists");
    if (opened != NULL) {
      expect(model_arena_used(opened) <= arena_bytes, "the arena to hold what is used");
      run(opened);
    }
    free(arena);
    if (status != MODEL_ARENA_TOO_SMALL) return status == MODEL_OK;
    expect(error.arena_bytes_needed > arena_bytes, "more bytes to be needed than there were");
    expect(calls < 5, "the needed size to be found in a few calls");
    if (error.arena_bytes_needed > MOST_ARENA_BYTES) return 0;
    arena_bytes = error.arena_bytes_needed;
  }
}

static uint8_t *read_file(const char *path, size_t *length) {
  FILE *in = fopen(path, "rb");
  expect(in != NULL, "the file to be there");
  fseek(in, 0, SEEK_END);
  *length = (size_t)ftell(in);
  rewind(in);
  uint8_t *bytes = malloc(*length);
  expect(fread(bytes, 1, *length, in) == *length, "the file to be readable");
  fclose(in);
  return bytes;
}

int main(int argc, char **argv) {
  expect(argc > 3, "fuzz SEED CASES FILE...");
  state = strtoull(argv[1], NULL, 10);
  long cases = strtol(argv[2], NULL, 10), opened = 0;
  for (long number = 0; number < cases; number++) {
    size_t length;
    uint8_t *whole = read_file(argv[3 + number % (argc - 3)], &length);
    size_t kept = draw(8) == 0 ? draw((uint32_t)length + 1) : length;
    uint8_t *file = malloc(kept == 0 ? 1 : kept);
    memcpy(file, whole, kept);
    free(whole);
    for (uint32_t i = 1 + draw(3); i > 0 && kept > 0; i--) damage(file, kept);
    opened += try_open(file, kept);
    free(file);
  }
  printf("%ld cases, %ld opened\n", cases, opened);
  return 0;
}
