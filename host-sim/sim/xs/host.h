/* What the bundle finds around it, as global `host`:
 *
 *     print(line)        a line on stdout
 *     configuration()    the text that the program was given
 *     readFile(path)     a host buffer
 *     memory()           collects garbage and says what is left, as JSON
 *     repeat(step)       once the bundle has been evaluated, calls step until it returns false */
#ifndef EARSHOT_HOST_H
#define EARSHOT_HOST_H

#include "xs.h"

/* The configuration is a text that the bundle may ask for; it is borrowed. */
void host_install(xsMachine *the, const char *configuration);

/* Calls the function to repeat; returns whether to go on. */
int host_step(xsMachine *the);

/* Adds a host function as a property of the object in that slot. */
void host_define(xsMachine *the, xsSlot *object, const char *name, xsCallback callback, int argument_count);

#endif
