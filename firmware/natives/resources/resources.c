#include "resources.h"

#include <string.h>

#include "../checksum/crc32.h"
#include "detail.h"

enum {
  HEADER_BYTES = 64,
  ENTRY_BYTES = 64,
  FORMAT = 1,
  OPERATORS_AT = 24,
  OPERATORS = 256,
  HEADER_CHECKSUM_AT = 60,
  ENTRY_CHECKSUM_AT = 60
};

static const char MAGIC[8] = {'E', 'A', 'R', 'S', 'H', 'O', 'T', 'R'};

static uint32_t u16_at(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t u32_at(const uint8_t *at) {
  return u16_at(at) | u16_at(at + 2) << 16;
}

static const uint8_t *entry_at(const resources *self, uint32_t index) {
  return self->bytes + HEADER_BYTES + index * ENTRY_BYTES;
}

static int has_magic(const uint8_t *bytes, size_t place_bytes) {
  return bytes && place_bytes >= HEADER_BYTES && memcmp(bytes, MAGIC, sizeof MAGIC) == 0;
}

static resources_status report(resources_error *error, resources_status status, const char *detail) {
  error->status = status;
  detail_set(error->detail, detail);
  return status;
}

static resources_status report_number(resources_error *error, resources_status status, const char *before,
                                      uint32_t number, const char *after) {
  report(error, status, before);
  detail_add_number(error->detail, number);
  detail_add(error->detail, after);
  return status;
}

/* What no later format may change: whether it is such a file, and of which format. */
static resources_status check_format(const uint8_t *bytes, size_t place_bytes, resources_error *error) {
  if (!has_magic(bytes, place_bytes))
    return report(error, RESOURCES_ABSENT, "nothing is there that begins with EARSHOTR");
  const uint32_t format = u16_at(bytes + 8);
  if (format != FORMAT)
    return report_number(error, RESOURCES_OTHER_FORMAT, "its format is ", format, "; this firmware reads 1");
  return RESOURCES_OK;
}

static resources_status check_header(const resources *self, size_t place_bytes, resources_error *error) {
  const uint8_t *const bytes = self->bytes;
  const uint32_t table_bytes = self->entry_count * ENTRY_BYTES;
  if (self->entry_count < 1 || self->entry_count > RESOURCES_MOST_ENTRIES)
    return report(error, RESOURCES_DAMAGED, "its header is damaged");
  if (place_bytes < HEADER_BYTES + table_bytes)
    return report(error, RESOURCES_CUT, "it is cut within its table of contents");
  const uint32_t header = crc32_of(0, bytes, HEADER_CHECKSUM_AT);
  if (crc32_of(header, bytes + HEADER_BYTES, table_bytes) != u32_at(bytes + HEADER_CHECKSUM_AT))
    return report(error, RESOURCES_DAMAGED, "its header or its table of contents is damaged");
  if (self->byte_length > place_bytes || u32_at(bytes + 20) > place_bytes - self->byte_length)
    return report_number(error, RESOURCES_CUT, "it is cut: it has ", self->byte_length,
                         " bytes, more than there is room for");
  return RESOURCES_OK;
}

static int is_name(const char *name) {
  size_t length = 0;
  while (length < RESOURCES_NAME_BYTES && name[length] > ' ' && name[length] <= '~') length++;
  return length > 0 && length < RESOURCES_NAME_BYTES && name[length] == 0;
}

static int is_named_before(const resources *self, uint32_t index) {
  const char *const name = (const char *)entry_at(self, index);
  for (uint32_t before = 0; before < index; before++)
    if (memcmp(entry_at(self, before), name, RESOURCES_NAME_BYTES) == 0) return 1;
  return 0;
}

/* Where the entry's bytes end, those that fill it up included; 0 when that is out of order. */
static uint32_t end_of(const resources *self, const uint8_t *entry, uint32_t start) {
  const uint32_t length = u32_at(entry + 40);
  if (u32_at(entry + 36) != start || length > self->byte_length - start) return 0;
  const uint32_t rest = length % RESOURCES_ALIGNMENT;
  const uint32_t filled = rest ? length + RESOURCES_ALIGNMENT - rest : length;
  return filled > self->byte_length - start ? 0 : start + filled;
}

/* The table is as its writer made it; these tell a writer that has a fault, before its file can do harm. */
static resources_status check_contents(const resources *self, resources_error *error) {
  uint32_t start = HEADER_BYTES + self->entry_count * ENTRY_BYTES;
  if (self->byte_length < start) return report(error, RESOURCES_DAMAGED, "its length is out of order");
  for (uint32_t index = 0; index < self->entry_count; index++) {
    const uint8_t *const entry = entry_at(self, index);
    if (!is_name((const char *)entry) || is_named_before(self, index))
      return report_number(error, RESOURCES_DAMAGED, "the name of entry ", index, " is out of order");
    const uint32_t end = end_of(self, entry, start);
    if (end == 0) {
      report(error, RESOURCES_DAMAGED, (const char *)entry);
      detail_add(error->detail, " lies out of order");
      return RESOURCES_DAMAGED;
    }
    if (crc32_of(0, self->bytes + start, end - start) != u32_at(entry + ENTRY_CHECKSUM_AT)) {
      report(error, RESOURCES_DAMAGED, (const char *)entry);
      detail_add(error->detail, " is damaged");
      return RESOURCES_DAMAGED;
    }
    start = end;
  }
  return start == self->byte_length ? RESOURCES_OK
                                    : report(error, RESOURCES_DAMAGED, "its length is out of order");
}

resources_status resources_open(resources *self, const uint8_t *bytes, size_t place_bytes,
                                resources_error *error) {
  memset(self, 0, sizeof *self);
  report(error, RESOURCES_OK, "");
  if (check_format(bytes, place_bytes, error) != RESOURCES_OK) return error->status;
  resources read = {bytes, u32_at(bytes + 12), u32_at(bytes + 16), u16_at(bytes + 10)};
  if (check_header(&read, place_bytes, error) != RESOURCES_OK) return error->status;
  if (check_contents(&read, error) != RESOURCES_OK) return error->status;
  *self = read;
  return RESOURCES_OK;
}

int resources_at(const resources *self, uint32_t index, resources_entry *entry) {
  if (index >= self->entry_count) return 0;
  const uint8_t *const at = entry_at(self, index);
  entry->name = (const char *)at;
  entry->kind = u32_at(at + 32);
  entry->bytes = self->bytes + u32_at(at + 36);
  entry->byte_length = u32_at(at + 40);
  entry->arena_bytes = u32_at(at + 44);
  return 1;
}

int resources_find(const resources *self, const char *name, resources_entry *entry) {
  const size_t length = strlen(name);
  if (length >= RESOURCES_NAME_BYTES) return 0;
  for (uint32_t index = 0; resources_at(self, index, entry); index++)
    if (memcmp(entry->name, name, length + 1) == 0) return 1;
  return 0;
}

static resources_status check_operators(const resources *self, int (*has_operator)(int),
                                        resources_error *error) {
  const uint8_t *const needed = self->bytes + OPERATORS_AT;
  for (int code = 0; code < OPERATORS; code++)
    if ((needed[code / 8] >> code % 8 & 1) && !has_operator(code))
      return report_number(error, RESOURCES_NEEDS_OPERATOR, "a model needs operator ", (uint32_t)code,
                           ", which this firmware lacks");
  return RESOURCES_OK;
}

static resources_status check_arenas(const resources *self, size_t arena_bytes, resources_error *error) {
  resources_entry entry;
  for (uint32_t index = 0; resources_at(self, index, &entry); index++) {
    if (entry.arena_bytes <= arena_bytes) continue;
    report(error, RESOURCES_NEEDS_MEMORY, entry.name);
    detail_add(error->detail, " takes ");
    detail_add_number(error->detail, entry.arena_bytes);
    detail_add(error->detail, " bytes to run, more than are free");
    return RESOURCES_NEEDS_MEMORY;
  }
  return RESOURCES_OK;
}

static resources_status open_with(resources *self, resources_copy *copy, const resources_means *means) {
  resources_error *const error = &copy->error;
  if (resources_open(self, copy->bytes, copy->place_bytes, error) != RESOURCES_OK ||
      check_operators(self, means->has_operator, error) != RESOURCES_OK)
    return error->status;
  return check_arenas(self, means->arena_bytes, error);
}

/* What a copy says of itself, checked or not. */
static uint32_t claimed_revision(const resources_copy *copy) {
  return has_magic(copy->bytes, copy->place_bytes) ? u32_at(copy->bytes + 16) : 0;
}

static int newest_unseen(const resources_copy *copies, int count) {
  int newest = -1;
  for (int i = 0; i < count; i++)
    if (!copies[i].was_looked_at &&
        (newest < 0 || claimed_revision(&copies[i]) > claimed_revision(&copies[newest])))
      newest = i;
  return newest;
}

int resources_choose(resources *self, resources_copy *copies, int count, const resources_means *means) {
  for (int i = 0; i < count; i++) copies[i].was_looked_at = 0;
  for (int i; (i = newest_unseen(copies, count)) >= 0;) {
    copies[i].was_looked_at = 1;
    if (open_with(self, &copies[i], means) == RESOURCES_OK) return i;
  }
  memset(self, 0, sizeof *self);
  return -1;
}
