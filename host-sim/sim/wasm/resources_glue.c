/* For a laptop that reads what is flashed: a file of resources as the chip reads it. */
#include "../../../firmware/natives/model/model.h"
#include "../../../firmware/natives/resources/resources.h"

static resources opened;
static resources_copy file;
static resources_entry last_entry;

/* The one file that is open at a time; 0 unless a speaker with so much memory in one piece would take it, and
 * resources_glue_detail then says why. */
int resources_glue_open(const uint8_t *bytes, size_t byte_length, size_t arena_bytes) {
  const resources_means means = {model_has_operator, arena_bytes};
  file.bytes = bytes;
  file.place_bytes = byte_length;
  return resources_choose(&opened, &file, 1, &means) == 0;
}

const char *resources_glue_detail(void) {
  return file.error.detail;
}

uint32_t resources_glue_revision(void) {
  return opened.revision;
}

/* 0 behind the last one. The functions below tell of the one that was asked for. */
int resources_glue_entry(uint32_t index) {
  return resources_at(&opened, index, &last_entry);
}

const char *resources_glue_name(void) {
  return last_entry.name;
}

uint32_t resources_glue_kind(void) {
  return last_entry.kind;
}

const uint8_t *resources_glue_bytes(void) {
  return last_entry.bytes;
}

uint32_t resources_glue_byte_length(void) {
  return last_entry.byte_length;
}

uint32_t resources_glue_arena_bytes(void) {
  return last_entry.arena_bytes;
}
