/* A line among options. Apart from options.h, which knows no pins. */
#ifndef EARSHOT_OPTIONS_LINE_H
#define EARSHOT_OPTIONS_LINE_H

#include "line.h"
#include "options.h"

/* { pin, active } of an option that is an object itself; pin -1 when there is none. `inner` is a slot to use. */
line options_line(const options *self, option wanted, xsSlot *inner);

#endif
