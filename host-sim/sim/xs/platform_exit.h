/* How the process ends when the machine cannot go on. Exit codes 1 to 8 are XS's own: 1 out of memory, 2
 * stack overflow, 5 unhandled exception, 6 too many names, 8 unhandled rejection. Bad arguments and
 * unreadable files end with EX_USAGE and EX_NOINPUT of <sysexits.h>. */
#ifndef EARSHOT_PLATFORM_EXIT_H
#define EARSHOT_PLATFORM_EXIT_H

/* Prints "reason: detail" on stderr and ends the process. */
_Noreturn void fail(int code, const char *reason, const char *detail);

#endif
