/* Puts together the text of a resources_error. What does not fit is left out. */
#ifndef EARSHOT_RESOURCES_DETAIL_H
#define EARSHOT_RESOURCES_DETAIL_H

#include "resources.h"

void detail_set(char detail[RESOURCES_DETAIL_BYTES], const char *text);
void detail_add(char detail[RESOURCES_DETAIL_BYTES], const char *text);
void detail_add_number(char detail[RESOURCES_DETAIL_BYTES], uint32_t number);

#endif
