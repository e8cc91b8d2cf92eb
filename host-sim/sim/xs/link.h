/* What the chip's linker does at build time. */
#ifndef EARSHOT_LINK_H
#define EARSHOT_LINK_H

#include "xsAll.h"
#include "xsScript.h"

/* Gives the script's names their identifiers in the machine and lets functions and string literals be used in
 * place instead of being copied into chunks. The script then has to live as long as the machine. */
void link_script(txMachine *the, txScript *script);

/* Marks all that a shared machine holds as lying still. Without it a clone's garbage collector would take
 * strings and names that it got from there for its own, and move them. To be called once the machine is
 * shared. */
void link_shared(txMachine *the);

#endif
