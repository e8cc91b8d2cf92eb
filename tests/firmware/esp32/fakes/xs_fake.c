#include "xs_fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakes.h"
#include "xsHost.h"

enum { PROPERTIES = 24, SLOTS = 16 };

/* What a slot's data[1] points to; its data[0] is the kind. */
typedef struct {
  double number;
  const void *bytes;
  size_t byte_length;
  uint32_t ids[PROPERTIES];
  xsSlot properties[PROPERTIES];
  uint32_t property_count;
  xsDestructor destructor;
  void *host_data;
  int remembered, called;
} content;

static xsSlot stack[SLOTS], frame[2 * SLOTS], scope[SLOTS];
static xsMachine machine = {stack + SLOTS, scope + SLOTS, frame + SLOTS, {{NULL}}};
static xsIntegerValue argument_count, variable_count;
static jmp_buf thrown;
static char message[256];

static content *of(const xsSlot *slot) {
  return slot->data[1];
}

fake_kind fake_kind_of(const xsSlot *value) {
  return (fake_kind)(uintptr_t)value->data[0];
}

static void fill(xsSlot *slot, fake_kind kind, double number, const void *bytes, size_t byte_length) {
  content *made = calloc(1, sizeof *made);
  made->number = number;
  made->bytes = bytes;
  made->byte_length = byte_length;
  slot->data[0] = (void *)(uintptr_t)kind;
  slot->data[1] = made;
}

xsSlot *fake_value(fake_kind kind, double number, const void *bytes, size_t byte_length) {
  xsSlot *made = calloc(1, sizeof *made);
  fill(made, kind, number, bytes, byte_length);
  return made;
}

xsSlot *fake_object(xsDestructor destructor) {
  xsSlot *made = fake_value(FAKE_OBJECT, 0, NULL, 0);
  of(made)->destructor = destructor;
  return made;
}

void fake_set(xsSlot *object, uint32_t id, const xsSlot *value) {
  content *its = of(object);
  if (its->property_count == PROPERTIES) abort();
  its->ids[its->property_count] = id;
  its->properties[its->property_count++] = *value;
}

int fake_call(void (*method)(xsMachine *), xsSlot *self, xsSlot **arguments, uint32_t count) {
  memset(frame, 0, sizeof frame);
  machine.frame[3] = *self;
  for (uint32_t i = 0; i < count; i++) machine.frame[-1 - (int)i] = *arguments[i];
  argument_count = (xsIntegerValue)count;
  variable_count = 0;
  message[0] = 0;
  const int kind = setjmp(thrown);
  if (kind == 0) method(&machine);
  return kind;
}

const char *fake_message(void) {
  return message;
}

const xsSlot *fake_result(void) {
  return &machine.frame[1];
}

double fake_number_of(const xsSlot *value) {
  return of(value)->number;
}

const char *fake_text_of(const xsSlot *value) {
  return of(value)->bytes;
}

int fake_calls_of(const xsSlot *function) {
  return of(function)->called;
}

/* Messages */

static const char *typed = "";

void fake_type(const char *text) {
  typed = text;
}

int ESP_getc(void) {
  return *typed ? (unsigned char)*typed++ : -1;
}

int fake_run_messages(void) {
  return fake_deliver_messages(&machine);
}

/* The engine */

void fxThrowMessage(xsMachine *the, xsStringValue path, xsIntegerValue at, xsIntegerValue kind,
                    xsStringValue format, ...) {
  (void)the;
  (void)path;
  (void)at;
  va_list values;
  va_start(values, format);
  vsnprintf(message, sizeof message, format, values);
  va_end(values);
  longjmp(thrown, kind);
}

static void fail(const char *what) {
  fxThrowMessage(&machine, NULL, 0, XS_TYPE_ERROR, "%s", what);
}

xsType fxTypeOf(xsMachine *the, xsSlot *slot) {
  (void)the;
  return (xsType)fake_kind_of(slot);
}

xsNumberValue fxToNumber(xsMachine *the, xsSlot *slot) {
  (void)the;
  const fake_kind kind = fake_kind_of(slot);
  if (kind == FAKE_STRING) return strtod(of(slot)->bytes, NULL);
  return kind == FAKE_NUMBER || kind == FAKE_BOOLEAN ? of(slot)->number : __builtin_nan("");
}

xsIntegerValue fxToInteger(xsMachine *the, xsSlot *slot) {
  return (xsIntegerValue)fxToNumber(the, slot);
}

xsStringValue fxToString(xsMachine *the, xsSlot *slot) {
  (void)the;
  if (fake_kind_of(slot) == FAKE_BOOLEAN) return of(slot)->number != 0 ? "true" : "false";
  if (fake_kind_of(slot) == FAKE_STRING) return (xsStringValue)of(slot)->bytes;
  static char digits[32];
  snprintf(digits, sizeof digits, "%g", of(slot)->number);
  return fake_kind_of(slot) == FAKE_NUMBER ? digits : "[object]";
}

xsBooleanValue _xsTest(xsMachine *the, xsSlot *slot) {
  (void)the;
  if (fake_kind_of(slot) == FAKE_UNDEFINED) return 0;
  return fake_kind_of(slot) > FAKE_NUMBER || of(slot)->number != 0;
}

void fxBoolean(xsMachine *the, xsSlot *slot, xsBooleanValue value) {
  (void)the;
  fill(slot, FAKE_BOOLEAN, value, NULL, 0);
}

void fxInteger(xsMachine *the, xsSlot *slot, xsIntegerValue value) {
  (void)the;
  fill(slot, FAKE_NUMBER, value, NULL, 0);
}

void fxNumber(xsMachine *the, xsSlot *slot, xsNumberValue value) {
  (void)the;
  fill(slot, FAKE_NUMBER, value, NULL, 0);
}

void fxString(xsMachine *the, xsSlot *slot, xsStringValue value) {
  (void)the;
  fill(slot, FAKE_STRING, 0, strdup(value), strlen(value));
}

void fxStringBuffer(xsMachine *the, xsSlot *slot, xsStringValue bytes, xsIntegerValue byte_length) {
  (void)the;
  fill(slot, FAKE_STRING, 0, strndup(bytes, (size_t)byte_length), (size_t)byte_length);
}

void fxSetHostBuffer(xsMachine *the, xsSlot *slot, void *bytes, xsIntegerValue byte_length) {
  (void)the;
  of(slot)->bytes = bytes;
  of(slot)->byte_length = (size_t)byte_length;
}

void fxPetrifyHostBuffer(xsMachine *the, xsSlot *slot) {
  (void)the;
  (void)slot;
}

void _xsGet(xsMachine *the, xsSlot *to, xsSlot *object, xsIdentifier id) {
  (void)the;
  if (fake_kind_of(object) != FAKE_OBJECT) fail("no object");
  const content *its = of(object);
  memset(to, 0, sizeof *to);
  for (uint32_t i = 0; i < its->property_count; i++)
    if (its->ids[i] == id) *to = its->properties[i];
}

void _xsGetIndex(xsMachine *the, xsSlot *to, xsSlot *object, xsIndex index) {
  if (index >= FAKE_MOST_ITEMS) abort();
  _xsGet(the, to, object, (xsIdentifier)(FAKE_FIRST_ITEM + index));
}

xsIntegerValue _xsmcGetBuffer(xsMachine *the, xsSlot *slot, void **data, xsUnsignedValue *count,
                              xsBooleanValue writable) {
  (void)the;
  (void)writable;
  const int is_host_buffer = fake_kind_of(slot) == FAKE_OBJECT && of(slot)->bytes;
  if (fake_kind_of(slot) != FAKE_BUFFER && !is_host_buffer) fail("no buffer");
  *data = (void *)(uintptr_t)of(slot)->bytes;
  *count = (xsUnsignedValue)of(slot)->byte_length;
  return of(slot)->number != 0 ? xsBufferRelocatable : xsBufferNonrelocatable;
}

void fxSetHostData(xsMachine *the, xsSlot *slot, void *data) {
  (void)the;
  of(slot)->host_data = data;
}

void *fxGetHostDataValidate(xsMachine *the, xsSlot *slot, void *validator) {
  (void)the;
  if (fake_kind_of(slot) != FAKE_OBJECT || (void *)of(slot)->destructor != validator) fail("another class");
  return of(slot)->host_data;
}

void fxRemember(xsMachine *the, xsSlot *slot) {
  (void)the;
  of(slot)->remembered++;
}

void fxForget(xsMachine *the, xsSlot *slot) {
  (void)the;
  if (--of(slot)->remembered < 0) abort();
}

void fxAccess(xsMachine *the, xsSlot *slot) {
  if (of(slot)->remembered < 1) abort();
  the->scratch = *slot;
}

void fxCall(xsMachine *the) {
  if (fake_kind_of(the->stack) != FAKE_OBJECT) abort();
}

void fxRunCount(xsMachine *the, xsIntegerValue count) {
  (void)count;
  of(the->stack)->called++;
  the->stack++;
}

xsIntegerValue _xsArgc(xsMachine *the) {
  (void)the;
  return argument_count;
}

xsIntegerValue fxCheckArg(xsMachine *the, xsIntegerValue index) {
  (void)the;
  if (index >= argument_count) fail("no such argument");
  return index;
}

xsIntegerValue fxCheckVar(xsMachine *the, xsIntegerValue index) {
  (void)the;
  if (index >= variable_count) abort();
  return index;
}

xsIntegerValue fxIncrementalVars(xsMachine *the, xsIntegerValue count) {
  (void)the;
  for (xsIntegerValue i = 0; i < count; i++)
    memset(&scope[SLOTS - 1 - variable_count - i], 0, sizeof scope[0]);
  variable_count += count;
  return variable_count;
}

xsMachine *fxBeginHost(xsMachine *the) {
  variable_count = 0;
  return the;
}

void fxEndHost(xsMachine *the) {
  (void)the;
}
