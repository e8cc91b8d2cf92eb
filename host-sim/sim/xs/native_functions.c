#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "native_functions.h"

#include <dlfcn.h>
#include <string.h>

#include "host.h"

/* POSIX has dlsym give functions as pointers to data, which C cannot convert. */
static void find(xsMachine *the, void *function) {
  const char *name = xsmcToString(xsArg(0));
  void *const found = dlsym(RTLD_DEFAULT, name);
  if (!found) xsReferenceError("there is no native '%s'", name);
  memcpy(function, &found, sizeof found);
}

static void native(xsMachine *the) {
  xsCallback callback;
  find(the, &callback);
  xsResult = xsNewHostFunction(callback, 0);
}

/* Makes what its own prototype says, with the destructor of that; then it is an instance of the class that extends it. */
static void construct(xsMachine *the) {
  if (!xsmcTest(xsTarget)) xsTypeError("call: class");
  xsmcVars(2);
  xsmcGet(xsVar(0), xsFunction, xsID("prototype"));
  xsmcGet(xsVar(1), xsTarget, xsID("prototype"));
  xsmcSetNewHostInstance(xsThis, xsVar(0));
  xsmcGet(xsVar(0), xsGlobal, xsID("Object"));
  xsResult = xsCall2(xsVar(0), xsID("setPrototypeOf"), xsThis, xsVar(1));
}

static void native_class(xsMachine *the) {
  xsDestructor destructor;
  find(the, &destructor);
  xsmcVars(1);
  xsVar(0) = xsNewHostObject(destructor);
  xsResult = xsNewHostConstructor(construct, 0, xsVar(0));
}

void native_functions_install(xsMachine *the) {
  host_define(the, &xsGlobal, "native", native, 1);
  host_define(the, &xsGlobal, "Native", native_class, 1);
}
