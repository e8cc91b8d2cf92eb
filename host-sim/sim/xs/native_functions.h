/* The chip's compiler puts C functions in place of the calls `native('xs_name')` and `Native('xs_name_destructor')` of
 * firmware/natives. Here those are functions themselves, which find the C among all that the program is linked of: the
 * chip's JavaScript runs as it is. */
#ifndef EARSHOT_NATIVE_FUNCTIONS_H
#define EARSHOT_NATIVE_FUNCTIONS_H

#include "xsmc.h"

void native_functions_install(xsMachine *the);

#endif
