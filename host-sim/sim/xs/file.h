/* Whole files in memory that is never given back: they stand for what lies in flash. */
#ifndef EARSHOT_FILE_H
#define EARSHOT_FILE_H

#include <stddef.h>

/* The bytes of the file, one NUL behind them. Ends the process when it cannot be read. */
char *file_read(const char *path, size_t *byte_length);

#endif
