/* Reads options out of a JavaScript object, and throws where one is missing or out of range: the message names it and
 * says what would be right. */
#ifndef EARSHOT_OPTIONS_H
#define EARSHOT_OPTIONS_H

#include <stddef.h>

#include "xsmc.h"

typedef struct {
  xsMachine *the;
  xsSlot *object; /* that has the options */
  xsSlot *value;  /* where each is put to be looked at */
  const char *of; /* what they are of, for messages */
} options;

typedef struct {
  xsIdentifier id;
  const char *name;
} option;

/* An option by its identifier in mc.xs.h, as in OPTION(xsID_pin). That stands there in full because the SDK's xsid reads
 * sources before the preprocessor does: a name made by ## would have no number. */
#define OPTION(ID) ((option){ID, &#ID[sizeof "xsID_" - 1]})

/* Whether it is there and not undefined; it is in *self->value then. */
int options_has(const options *self, option wanted);

/* Throws when it is not. */
void options_need(const options *self, option wanted);

int options_integer(const options *self, option wanted, int least, int most);
int options_integer_or(const options *self, option wanted, int least, int most, int otherwise);

/* Any number, NaN too. */
double options_number(const options *self, option wanted);

/* Of a buffer. Borrowed, and only until JavaScript allocates. */
const void *options_bytes(const options *self, option wanted, size_t *byte_length);

/* The number of the word among the words, which are parted by `|`. */
int options_choice(const options *self, option wanted, const char *words);
int options_choice_or(const options *self, option wanted, const char *words, int otherwise);

int options_pin(const options *self, option wanted);
int options_pin_or(const options *self, option wanted, int otherwise);

#endif
