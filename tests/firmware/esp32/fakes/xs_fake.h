/* How a test plays JavaScript for the natives: makes values, calls functions, runs messages. Values live as long as the
 * process. */
#ifndef EARSHOT_XS_FAKE_H
#define EARSHOT_XS_FAKE_H

#include <stddef.h>
#include <stdint.h>

#include "xsmc.h"

typedef enum {
  FAKE_UNDEFINED = 0,
  FAKE_BOOLEAN,
  FAKE_NUMBER,
  FAKE_STRING,
  FAKE_OBJECT,
  FAKE_BUFFER
} fake_kind;

/* The items of an array are properties under these numbers. */
enum { FAKE_FIRST_ITEM = 10000, FAKE_MOST_ITEMS = 100 };

xsSlot *fake_value(fake_kind kind, double number, const void *bytes, size_t byte_length);
/* An instance of a class with this destructor, or, without, a plain object. */
xsSlot *fake_object(xsDestructor destructor);
void fake_set(xsSlot *object, uint32_t id, const xsSlot *value);

/* Calls a native method; returns 0, or which kind of error it has thrown. */
int fake_call(void (*method)(xsMachine *), xsSlot *self, xsSlot **arguments, uint32_t count);
const char *fake_message(void);
const xsSlot *fake_result(void);
fake_kind fake_kind_of(const xsSlot *value);
double fake_number_of(const xsSlot *value);
const char *fake_text_of(const xsSlot *value);

/* Runs the messages that came from other threads; returns how many. */
int fake_run_messages(void);
/* How often natives have called this function. */
int fake_calls_of(const xsSlot *function);

/* What somebody has typed at the serial port; borrowed. */
void fake_type(const char *text);

#endif
