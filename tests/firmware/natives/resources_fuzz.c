/* Reads a file of resources as it is, with each byte changed in several ways, and cut at each length, in memory of just its
 * size. Built with the address and undefined-behaviour sanitisers.
 *
 *     resources_fuzz FILE      prints how many broken files there were, and fails when one passed as something else */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../firmware/natives/resources/resources.h"
#include "read_file.h"

static const uint8_t CHANGES[] = {0x01, 0x80, 0xff, 0x20, 0x7f};

/* Everything that a speaker would take from them is the same. */
static int are_alike(const resources *one, const resources *other) {
  resources_entry a, b;
  uint32_t index = 0;
  for (; resources_at(one, index, &a); index++)
    if (!resources_at(other, index, &b) || strcmp(a.name, b.name) != 0 || a.kind != b.kind ||
        a.byte_length != b.byte_length || memcmp(a.bytes, b.bytes, a.byte_length) != 0)
      return 0;
  return !resources_at(other, index, &b) && one->revision == other->revision;
}

static int refused, alike;

static void try_one(const resources *good, const uint8_t *bytes, size_t byte_length, size_t at) {
  resources_error error;
  resources broken;
  uint8_t *exact = malloc(byte_length ? byte_length : 1);
  memcpy(exact, bytes, byte_length);
  if (resources_open(&broken, exact, byte_length, &error) != RESOURCES_OK) {
    resources_entry entry;
    if (error.detail[0] == 0 || resources_at(&broken, 0, &entry)) exit(3);
    refused++;
  } else if (are_alike(good, &broken)) {
    alike++;
  } else {
    fprintf(stderr, "another content passed: %zu of %zu bytes\n", at, byte_length);
    exit(4);
  }
  free(exact);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  size_t byte_length;
  uint8_t *bytes = read_file(argv[1], &byte_length);
  resources good;
  resources_error error;
  if (resources_open(&good, bytes, byte_length, &error) != RESOURCES_OK) {
    fprintf(stderr, "%s\n", error.detail);
    return 5;
  }
  for (size_t cut = 0; cut < byte_length; cut++) try_one(&good, bytes, cut, cut);
  for (size_t at = 0; at < byte_length; at++)
    for (size_t i = 0; i < sizeof CHANGES; i++) {
      bytes[at] ^= CHANGES[i];
      try_one(&good, bytes, byte_length, at);
      bytes[at] ^= CHANGES[i];
    }
  printf("%d %d\n", refused, alike);
  free(bytes);
  return 0;
}
