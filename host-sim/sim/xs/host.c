#include "host.h"

#include <stdio.h>

#include "file.h"
#include "machine.h"

static const char *configuration_text;
static xsSlot step;
static int goes_on;

static void host_print(xsMachine *the) {
  fputs(xsToString(xsArg(0)), stdout);
  fputc('\n', stdout);
}

static void host_configuration(xsMachine *the) {
  xsResult = xsString((char *)configuration_text);
}

/* The bytes stay outside of the machine, as a resource in flash does on the chip. */
static void host_read_file(xsMachine *the) {
  size_t byte_length;
  char *bytes = file_read(xsToString(xsArg(0)), &byte_length);
  xsResult = xsNewHostObject(NULL);
  xsSetHostBuffer(xsResult, bytes, (xsIntegerValue)byte_length);
}

static void host_memory(xsMachine *the) {
  char text[MACHINE_MEMORY_BYTES];
  machine_memory((machine *)the, text);
  xsResult = xsString(text);
}

static void host_repeat(xsMachine *the) {
  step = xsArg(0);
  xsRemember(step);
  goes_on = 1;
}

int host_step(xsMachine *the) {
  if (goes_on) goes_on = xsTest(xsCallFunction0(step, xsGlobal));
  return goes_on;
}

void host_define(xsMachine *the, xsSlot *object, const char *name, xsCallback callback, int argument_count) {
  xsDefine(*object, xsID(name), xsNewHostFunction(callback, argument_count), xsDontEnum);
}

void host_install(xsMachine *the, const char *configuration) {
  configuration_text = configuration;
  xsVars(1);
  xsVar(0) = xsNewObject();
  host_define(the, &xsVar(0), "print", host_print, 1);
  host_define(the, &xsVar(0), "configuration", host_configuration, 0);
  host_define(the, &xsVar(0), "readFile", host_read_file, 1);
  host_define(the, &xsVar(0), "memory", host_memory, 0);
  host_define(the, &xsVar(0), "repeat", host_repeat, 1);
  xsDefine(xsGlobal, xsID("host"), xsVar(0), xsDontEnum);
}
