/* For a laptop that reads what is flashed: a file of resources as the chip reads it. */
#include "../../../firmware/natives/resources/resources.h"

static resources opened;
static resources_error last_error;
static resources_entry last_entry;

/* The one file that is open at a time; 0 unless it is in order, and resources_glue_detail then says why. */
int resources_glue_open(const uint8_t *bytes, size_t byte_length) {
  return resources_open(&opened, bytes, byte_length, &last_error) == RESOURCES_OK;
}

const char *resources_glue_detail(void) {
  return last_error.detail;
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
