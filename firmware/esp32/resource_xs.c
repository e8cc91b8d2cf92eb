/* The class `Resource`; resource.d.ts says what it does. For the chip and for the simulator, which differ in what lies behind
 * resource_flash.h. */
#include <stdio.h>

#include "../natives/model/model.h"
#include "resource_flash.h"
#include "xsmc.h"

enum {
  PLACE_NAME_BYTES = 16,
  PROBLEM_BYTES = RESOURCE_FLASH_PLACES * (PLACE_NAME_BYTES + RESOURCES_DETAIL_BYTES)
};

/* One for all machines: flash does not change under a running firmware. */
static resources opened;

/* Why each copy that was looked at and not taken was refused. */
static void tell_refused(const resources_copy *copies, int count, int taken, char problem[PROBLEM_BYTES]) {
  size_t used = 0;
  problem[0] = 0;
  for (int i = 0; i < count && used < PROBLEM_BYTES; i++)
    if (i != taken && copies[i].was_looked_at)
      used += (size_t)snprintf(problem + used, PROBLEM_BYTES - used, "%s%s: %s", used > 0 ? "; " : "",
                               copies[i].name, copies[i].error.detail);
}

void xs_resource_open(xsMachine *the) {
  resources_copy copies[RESOURCE_FLASH_PLACES];
  char problem[PROBLEM_BYTES];
  const int count = resource_flash_map(copies);
  if (count == 0) xsUnknownError("there is no partition for resources, or it cannot be mapped");
  const int taken = resources_choose(&opened, copies, count, model_has_operator);
  tell_refused(copies, count, taken, problem);
  if (taken < 0) xsUnknownError("%s", problem);
  if (problem[0]) xsmcSetString(xsResult, problem);
}

static resources_entry entry_of_argument(xsMachine *the) {
  resources_entry entry;
  const char *name = xsmcArgc > 0 ? xsmcToString(xsArg(0)) : "";
  if (!resources_find(&opened, name, &entry)) xsRangeError("there is no resource '%s'", name);
  return entry;
}

/* Nothing is the object's own. */
void xs_resource_destructor(void *data) {
  (void)data;
}

void xs_resource(xsMachine *the) {
  const resources_entry entry = entry_of_argument(the);
  xsmcSetHostBuffer(xsThis, (void *)entry.bytes, (xsIntegerValue)entry.byte_length);
  xsmcPetrifyHostBuffer(xsThis);
}

void xs_resource_text(xsMachine *the) {
  const resources_entry entry = entry_of_argument(the);
  xsmcSetStringBuffer(xsResult, (char *)entry.bytes, (xsIntegerValue)entry.byte_length);
}
