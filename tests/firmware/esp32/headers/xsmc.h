/* Only what firmware/esp32 uses, with the signatures of the Moddable SDK 8.2: npm run
 * build:check holds them to that. */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct xsSlotRecord {
  void *data[4];
} xsSlot;

typedef struct xsMachineRecord {
  xsSlot *stack, *scope, *frame;
  xsSlot scratch;
} xsMachine;

typedef char xsType;
typedef signed char xsBooleanValue;
typedef int32_t xsIntegerValue;
typedef uint32_t xsUnsignedValue;
typedef double xsNumberValue;
typedef char *xsStringValue;
typedef uint16_t xsIdentifier;
typedef uint32_t xsIndex;
typedef void (*xsDestructor)(void *);

enum { xsUndefinedType };
enum { xsBufferNonrelocatable, xsBufferRelocatable };
enum { XS_UNKNOWN_ERROR = 1, XS_RANGE_ERROR = 3, XS_TYPE_ERROR = 6 };

xsType fxTypeOf(xsMachine *, xsSlot *);
xsIntegerValue fxToInteger(xsMachine *, xsSlot *);
xsNumberValue fxToNumber(xsMachine *, xsSlot *);
xsStringValue fxToString(xsMachine *, xsSlot *);
void fxBoolean(xsMachine *, xsSlot *, xsBooleanValue);
void fxInteger(xsMachine *, xsSlot *, xsIntegerValue);
void fxNumber(xsMachine *, xsSlot *, xsNumberValue);
void fxString(xsMachine *, xsSlot *, xsStringValue);
void fxStringBuffer(xsMachine *, xsSlot *, xsStringValue, xsIntegerValue);
void fxSetHostBuffer(xsMachine *, xsSlot *, void *, xsIntegerValue);
void fxPetrifyHostBuffer(xsMachine *the, xsSlot *slot);
void fxSetHostData(xsMachine *, xsSlot *, void *);
void *fxGetHostDataValidate(xsMachine *, xsSlot *, void *);
void fxRemember(xsMachine *, xsSlot *);
void fxForget(xsMachine *, xsSlot *);
void fxAccess(xsMachine *, xsSlot *);
void fxCall(xsMachine *);
void fxRunCount(xsMachine *, xsIntegerValue);
xsIntegerValue fxCheckArg(xsMachine *, xsIntegerValue);
xsIntegerValue fxCheckVar(xsMachine *, xsIntegerValue);
xsMachine *fxBeginHost(xsMachine *);
void fxEndHost(xsMachine *);
xsIntegerValue fxIncrementalVars(xsMachine *, xsIntegerValue);
void _xsGet(xsMachine *, xsSlot *, xsSlot *, xsIdentifier);
void _xsGetIndex(xsMachine *, xsSlot *, xsSlot *, xsIndex);
xsBooleanValue _xsTest(xsMachine *, xsSlot *);
xsIntegerValue _xsArgc(xsMachine *);
xsIntegerValue _xsmcGetBuffer(xsMachine *the, xsSlot *slot, void **data, xsUnsignedValue *count,
                              xsBooleanValue writable);
__attribute__((noreturn)) void fxThrowMessage(xsMachine *the, xsStringValue thePath, xsIntegerValue theLine,
                                              xsIntegerValue theError, xsStringValue theMessage, ...);

#define xsThis (the->frame[3])
#define xsResult (the->frame[1])
#define xsArg(INDEX) (the->frame[-1 - fxCheckArg(the, INDEX)])
#define xsVar(INDEX) (the->scope[-1 - fxCheckVar(the, INDEX)])
#define xsmcArgc _xsArgc(the)
#define xsmcVars(COUNT) fxIncrementalVars(the, COUNT)
#define xsmcTypeOf(SLOT) fxTypeOf(the, &SLOT)
#define xsmcToInteger(SLOT) fxToInteger(the, &SLOT)
#define xsmcToNumber(SLOT) fxToNumber(the, &SLOT)
#define xsmcToString(SLOT) fxToString(the, &SLOT)
#define xsmcTest(SLOT) _xsTest(the, &SLOT)
#define xsmcSetBoolean(SLOT, VALUE) fxBoolean(the, &SLOT, VALUE)
#define xsmcSetInteger(SLOT, VALUE) fxInteger(the, &SLOT, VALUE)
#define xsmcSetNumber(SLOT, VALUE) fxNumber(the, &SLOT, VALUE)
#define xsmcSetString(SLOT, VALUE) fxString(the, &SLOT, VALUE)
#define xsmcSetStringBuffer(SLOT, BYTES, SIZE) fxStringBuffer(the, &SLOT, BYTES, SIZE)
#define xsmcSetHostBuffer(SLOT, BYTES, SIZE) fxSetHostBuffer(the, &SLOT, BYTES, SIZE)
#define xsmcPetrifyHostBuffer(SLOT) fxPetrifyHostBuffer(the, &SLOT)
#define xsmcGet(SLOT, THIS, ID) _xsGet(the, &SLOT, &THIS, ID)
#define xsmcGetIndex(SLOT, THIS, INDEX) _xsGetIndex(the, &SLOT, &THIS, INDEX)
#define xsmcSetHostData(SLOT, DATA) fxSetHostData(the, &SLOT, DATA)
#define xsmcGetHostDataValidate(SLOT, VALIDATOR) fxGetHostDataValidate(the, &SLOT, VALIDATOR)
#define xsmcGetBufferReadable(SLOT, DATA, COUNT) _xsmcGetBuffer(the, &SLOT, DATA, COUNT, 0)
#define xsmcGetBufferWritable(SLOT, DATA, COUNT) _xsmcGetBuffer(the, &SLOT, DATA, COUNT, 1)
#define xsRemember(SLOT) fxRemember(the, &(SLOT))
#define xsForget(SLOT) fxForget(the, &(SLOT))
#define xsAccess(SLOT) (fxAccess(the, &(SLOT)), the->scratch)
#define xsCallFunction0(FUNCTION, THIS)                                                                      \
  (*(--the->stack) = (THIS), *(--the->stack) = (FUNCTION), fxCall(the), fxRunCount(the, 0), *(the->stack++))
#define xsUnknownError(...) fxThrowMessage(the, NULL, 0, XS_UNKNOWN_ERROR, __VA_ARGS__)
#define xsRangeError(...) fxThrowMessage(the, NULL, 0, XS_RANGE_ERROR, __VA_ARGS__)
#define xsTypeError(...) fxThrowMessage(the, NULL, 0, XS_TYPE_ERROR, __VA_ARGS__)
#define xsBeginHost(MACHINE)                                                                                 \
  do {                                                                                                       \
  xsMachine *the = fxBeginHost(MACHINE)
#define xsEndHost(MACHINE)                                                                                   \
  fxEndHost(the);                                                                                            \
  }                                                                                                          \
  while (0)
