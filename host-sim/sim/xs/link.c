#include "link.h"

/* A script carries the table of its names; byte code refers to them by index. */
static txID *resolve_names(txMachine *the, txScript *script) {
  txByte *name = script->symbolsBuffer;
  txID count;
  mxDecodeID(name, count);
  txID *identifiers = calloc(count, sizeof(txID));
  if (!identifiers) fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
  for (txID index = 1; index < count; index++) {
    identifiers[index] = fxNewNameC(the, (txString)name);
    name += strlen((const char *)name) + 1;
  }
  return identifiers;
}

static txU1 in_place(txU1 code) {
  switch (code) {
  case XS_CODE_CODE_1:
    return XS_CODE_CODE_ARCHIVE_1;
  case XS_CODE_CODE_2:
    return XS_CODE_CODE_ARCHIVE_2;
  case XS_CODE_CODE_4:
    return XS_CODE_CODE_ARCHIVE_4;
  case XS_CODE_STRING_1:
    return XS_CODE_STRING_ARCHIVE_1;
  case XS_CODE_STRING_2:
    return XS_CODE_STRING_ARCHIVE_2;
  case XS_CODE_STRING_4:
    return XS_CODE_STRING_ARCHIVE_4;
  default:
    return code;
  }
}

/* gxCodeSizes gives the whole length of an instruction; 0: it is followed by an identifier; -1, -2, -4: by a
 * length of so many bytes and that many more. */
static txByte *next_instruction(txByte *at) {
  txS1 size = gxCodeSizes[*(txU1 *)at];
  if (size > 0) return at + size;
  if (size == 0) return at + 1 + sizeof(txID);
  txByte *length = at + 1;
  if (size == -1) return length + 1 + *(txU1 *)length;
  if (size == -2) {
    txU2 bytes;
    mxDecode2(length, bytes);
    return length + bytes;
  }
  txS4 bytes;
  mxDecode4(length, bytes);
  return length + bytes;
}

void link_script(txMachine *the, txScript *script) {
  txID *identifiers = resolve_names(the, script);
  txByte *end = script->codeBuffer + script->codeSize;
  for (txByte *at = script->codeBuffer; at < end; at = next_instruction(at)) {
    if (gxCodeSizes[*(txU1 *)at] == 0) {
      txByte *operand = at + 1;
      txID index;
      mxDecodeID(operand, index);
      operand = at + 1;
      mxEncodeID(operand, identifiers[index]);
    }
    *at = (txByte)in_place(*(txU1 *)at);
  }
  free(identifiers);
  /* No names left to resolve: XS runs the script as it is and leaves it alone afterwards. */
  free(script->symbolsBuffer);
  script->symbolsBuffer = NULL;
}

static txKind lying_still(txKind kind) {
  switch (kind) {
  case XS_STRING_KIND:
    return XS_STRING_X_KIND;
  case XS_KEY_KIND:
    return XS_KEY_X_KIND;
  case XS_BIGINT_KIND:
    return XS_BIGINT_X_KIND;
  case XS_CODE_KIND:
    return XS_CODE_X_KIND;
  default:
    return kind;
  }
}

void link_shared(txMachine *the) {
  /* The first slot of each heap links it to the next and says where it ends. */
  for (txSlot *heap = the->firstHeap; heap; heap = heap->next)
    for (txSlot *slot = heap + 1; slot < heap->value.reference; slot++) slot->kind = lying_still(slot->kind);
}
