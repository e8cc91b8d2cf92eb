/* The class `Resource`; resource.d.ts says what it does. For the chip and for the simulator, which differ in what lies behind
 * resource_flash.h and resource_memory.h. */
#include <stdio.h>
#include <string.h>

#include "../natives/model/model.h"
#include "resource_flash.h"
#include "resource_memory.h"
#include "xsmc.h"

enum {
  PLACE_NAME_BYTES = 16,
  PROBLEM_BYTES = RESOURCE_FLASH_PLACES * (PLACE_NAME_BYTES + RESOURCES_DETAIL_BYTES),
  MOST_COPIES = 4
};

/* One for all machines: flash does not change under a running firmware. */
static resources opened;

/* What has been copied out of flash. */
static struct {
  const uint8_t *from, *to;
} copies[MOST_COPIES];
static int copy_count;

/* Why each copy that was looked at and not taken was refused. */
static void tell_refused(const resources_copy *places, int count, int taken, char problem[PROBLEM_BYTES]) {
  size_t used = 0;
  problem[0] = 0;
  for (int i = 0; i < count && used < PROBLEM_BYTES; i++)
    if (i != taken && places[i].was_looked_at)
      used += (size_t)snprintf(problem + used, PROBLEM_BYTES - used, "%s%s: %s", used > 0 ? "; " : "",
                               places[i].name, places[i].error.detail);
}

void xs_resource_open(xsMachine *the) {
  resources_copy places[RESOURCE_FLASH_PLACES];
  char problem[PROBLEM_BYTES];
  const int count = resource_flash_map(places);
  if (count == 0) xsUnknownError("there is no partition for resources, or it cannot be mapped");
  const resources_means means = {model_has_operator, resource_memory_free()};
  const int taken = resources_choose(&opened, places, count, &means);
  tell_refused(places, count, taken, problem);
  if (taken < 0) xsUnknownError("%s", problem);
  if (problem[0]) xsmcSetString(xsResult, problem);
}

static resources_entry entry_of_argument(xsMachine *the) {
  resources_entry entry;
  const char *name = xsmcArgc > 0 ? xsmcToString(xsArg(0)) : "";
  if (!resources_find(&opened, name, &entry)) xsRangeError("there is no resource '%s'", name);
  return entry;
}

static const uint8_t *fastest(const resources_entry *entry) {
  for (int i = 0; i < copy_count; i++)
    if (copies[i].from == entry->bytes) return copies[i].to;
  return entry->bytes;
}

/* NULL where memory is short, or gives back something else than what was written. */
static const uint8_t *copy_of(const resources_entry *entry) {
  if (copy_count == MOST_COPIES || resource_memory_free() < entry->byte_length + RESOURCE_MEMORY_LEFT)
    return NULL;
  uint8_t *to = resource_memory_take(entry->byte_length);
  if (!to) return NULL;
  memcpy(to, entry->bytes, entry->byte_length);
  return memcmp(to, entry->bytes, entry->byte_length) == 0 ? to : NULL;
}

void xs_resource_copy_to_psram(xsMachine *the) {
  const resources_entry entry = entry_of_argument(the);
  if (fastest(&entry) != entry.bytes) return;
  const size_t free_bytes = resource_memory_free();
  const uint8_t *to = copy_of(&entry);
  if (to) {
    copies[copy_count].from = entry.bytes;
    copies[copy_count++].to = to;
    return;
  }
  char reason[128];
  snprintf(reason, sizeof reason,
           "of PSRAM %u bytes are free in one piece, %u with %u left to others would be right",
           (unsigned)free_bytes, (unsigned)entry.byte_length, (unsigned)RESOURCE_MEMORY_LEFT);
  xsmcSetString(xsResult, reason);
}

/* Nothing is the object's own. */
void xs_resource_destructor(void *data) {
  (void)data;
}

void xs_resource(xsMachine *the) {
  const resources_entry entry = entry_of_argument(the);
  xsmcSetHostBuffer(xsThis, (void *)fastest(&entry), (xsIntegerValue)entry.byte_length);
  xsmcPetrifyHostBuffer(xsThis);
}

void xs_resource_text(xsMachine *the) {
  const resources_entry entry = entry_of_argument(the);
  xsmcSetStringBuffer(xsResult, (char *)entry.bytes, (xsIntegerValue)entry.byte_length);
}
