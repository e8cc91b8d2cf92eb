#include "platform_exit.h"
#include "xsAll.h"

_Noreturn void fail(int code, const char *reason, const char *detail) {
  fflush(stdout);
  fprintf(stderr, "%s: %s\n", reason, detail);
  exit(code);
}

void fxQueuePromiseJobs(txMachine *the) {
  the->promiseJobsQueued = 1;
}

/* The exception as JavaScript would print it, with the functions it passed through if it knows them. Making
 * that text may itself throw. */
static const char *exception_text(txMachine *the) {
  const char *volatile text = "an exception that cannot be printed";
  mxTry(the) {
    mxPush(mxException);
    text = fxToString(the, the->stack);
    mxPush(mxException);
    if (mxIsReference(the->stack)) {
      mxGetID(mxID(_stack));
      if (the->stack->kind == XS_STRING_KIND) text = the->stack->value.string;
    }
  }
  mxCatch(the) {
  }
  return text;
}

/* XS calls this when the machine cannot go on; JavaScript has no say in it. */
void fxAbort(txMachine *the, int status) {
  char detail[160];
  switch (status) {
  case XS_NOT_ENOUGH_MEMORY_EXIT:
    snprintf(detail, sizeof(detail), "%ld of %ld slots and %ld of %ld chunk bytes in use",
             (long)the->currentHeapCount, (long)the->maximumHeapCount, (long)the->currentChunksSize,
             (long)the->maximumChunksSize);
    fail(status, "outOfMemory", detail);
  case XS_STACK_OVERFLOW_EXIT:
    snprintf(detail, sizeof(detail), "%ld slots of stack are too few",
             (long)(the->stackTop - the->stackBottom));
    fail(status, "stackOverflow", detail);
  case XS_UNHANDLED_EXCEPTION_EXIT:
    fail(status, "exception", exception_text(the));
  case XS_UNHANDLED_REJECTION_EXIT:
    fail(status, "rejection", exception_text(the));
  default:
    snprintf(detail, sizeof(detail), "XS gave up with status %d", status);
    fail(status ? status : XS_FATAL_CHECK_EXIT, "aborted", detail);
  }
}
