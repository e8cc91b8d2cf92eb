#include "machine.h"

#include "link.h"
#include "platform_exit.h"
#include "xsAll.h"
#include "xsScript.h"

/* The same in the shared machine and in its clone, or names would be looked for in the wrong place. */
enum { NAME_MODULO = 127, SYMBOL_MODULO = 127 };
enum { PARSER_BUFFER_BYTES = 32 * 1024, PARSER_TABLE_MODULO = 1993 };

/* Linked; they live as long as the process, as they would in flash. */
static txScript *bundle;
static txScript *preloaded;

static const char PRELOADED[] = "preloaded";

static txScript *compile(txMachine *the, const char *source) {
  txStringCStream stream = {.buffer = (txString)source, .offset = 0, .size = (txSize)strlen(source)};
  txScript *script = fxParseScript(the, &stream, fxStringCGetter, 0 /* a module */);
  if (!script) fail(XS_NOT_ENOUGH_MEMORY_EXIT, "outOfMemory", "the bundle could not be compiled");
  link_script(the, script);
  return script;
}

static void import(txMachine *the, const char *name) {
  mxPushStringC((txString)name);
  fxAwaitImport(the, XS_IMPORT_NAMESPACE);
  mxPop();
}

static void evaluate_preloaded(txMachine *the) {
  import(the, PRELOADED);
}

/* Stands for flash: as large as it likes to be. */
static txMachine *create_shared(const char *preloaded_source, const char *source) {
  txCreation creation = {
      .initialChunkSize = 4 * 1024 * 1024,
      .incrementalChunkSize = 1024 * 1024,
      .initialHeapCount = 64 * 1024,
      .incrementalHeapCount = 16 * 1024,
      .stackCount = 4096,
      .initialKeyCount = 4096,
      .incrementalKeyCount = 1024,
      .nameModulo = NAME_MODULO,
      .symbolModulo = SYMBOL_MODULO,
      .parserBufferSize = PARSER_BUFFER_BYTES,
      .parserTableModulo = PARSER_TABLE_MODULO,
  };
  txMachine *the = fxCreateMachine(&creation, "shared", NULL, XS_NO_ID);
  if (!the) fail(XS_NOT_ENOUGH_MEMORY_EXIT, "outOfMemory", "the shared machine could not be made");
  if (preloaded_source) {
    preloaded = compile(the, preloaded_source);
    machine_run(the, evaluate_preloaded);
  }
  bundle = compile(the, source);
  fxShareMachine(the);
  link_shared(the);
  return the;
}

machine *machine_create(const machine_size *size, const char *preloaded_source, const char *source) {
  /* No increments: a machine that has used up its size ends, as on the chip. */
  txCreation creation = {
      .initialChunkSize = size->chunk_bytes,
      .initialHeapCount = size->slots,
      .stackCount = size->stack_slots,
      .initialKeyCount = 32,
      .incrementalKeyCount = 32,
      .nameModulo = NAME_MODULO,
      .symbolModulo = SYMBOL_MODULO,
      .parserBufferSize = PARSER_BUFFER_BYTES,
      .parserTableModulo = PARSER_TABLE_MODULO,
  };
  txMachine *the = fxCloneMachine(&creation, create_shared(preloaded_source, source), "earshot", NULL);
  if (!the) fail(XS_NOT_ENOUGH_MEMORY_EXIT, "outOfMemory", "the machine could not be made");
  return the;
}

/* There are two modules at most, and the bundle may import the preloaded one. */
txID fxFindModule(txMachine *the, txSlot *realm, txID importing_module, txSlot *specifier) {
  (void)realm;
  const int is_known =
      importing_module == XS_NO_ID || (preloaded && !strcmp(specifier->value.string, PRELOADED));
  return is_known ? fxNewName(the, specifier) : XS_NO_ID;
}

void fxLoadModule(txMachine *the, txSlot *module, txID module_id) {
  fxResolveModule(the, module, module_id, bundle ? bundle : preloaded, NULL, NULL);
}

static void run_promise_jobs(txMachine *the) {
  while (the->promiseJobsQueued) {
    the->promiseJobsQueued = 0;
    fxRunPromiseJobs(the);
  }
  fxCheckUnhandledRejections(the, 1);
}

static void evaluate_bundle(txMachine *the) {
  import(the, "bundle");
}

void machine_run(machine *the, void (*work)(machine *the)) {
  fxBeginHost(the);
  mxTry(the) {
    work(the);
  }
  mxCatch(the) {
    fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
  }
  run_promise_jobs(the);
  fxEndHost(the);
}

void machine_evaluate(machine *the) {
  machine_run(the, evaluate_bundle);
}

void machine_memory(machine *the, char *text) {
  fxCollectGarbage(the);
  snprintf(text, MACHINE_MEMORY_BYTES,
           "{\"slots\":%ld,\"chunkBytes\":%ld,\"stackSlotsPeak\":%ld,\"names\":%ld,\"steps\":%lu}",
           (long)the->currentHeapCount, (long)the->currentChunksSize, (long)(the->stackTop - the->stackPeak),
           (long)the->keyIndex, (unsigned long)the->meterIndex);
}

void machine_print_statistics(machine *the) {
  long peak_slots = the->peakHeapCount;
  long peak_chunk_bytes = the->peakChunksSize;
  fxCollectGarbage(the);
  fprintf(stderr,
          "{\"slots\":{\"available\":%ld,\"peak\":%ld,\"live\":%ld},"
          "\"chunkBytes\":{\"available\":%ld,\"peak\":%ld,\"live\":%ld},"
          "\"stackSlots\":{\"available\":%ld,\"peak\":%ld},"
          "\"slotBytes\":%d,\"garbageCollections\":%d,\"steps\":%lu}\n",
          (long)the->maximumHeapCount, peak_slots, (long)the->currentHeapCount, (long)the->maximumChunksSize,
          peak_chunk_bytes, (long)the->currentChunksSize, (long)(the->stackTop - the->stackBottom),
          (long)(the->stackTop - the->stackPeak), (int)sizeof(txSlot), (int)the->garbageCollectionCount,
          (unsigned long)the->meterIndex);
}
