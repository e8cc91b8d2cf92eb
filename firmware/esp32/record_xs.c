/* The record's flash and its seal; record-flash.d.ts and seal.d.ts say what they do. For the chip and for the simulator, which differ in what lies
 * behind record_flash.h. */
#include <stdint.h>

#include "../natives/checksum/sha256.h"
#include "record_flash.h"
#include "xsmc.h"

/* Bytes of JavaScript, which may move when it allocates. */
typedef struct {
  uint8_t *bytes;
  size_t byte_length;
} span;

static int sector_count;

/* From three arguments: a buffer, where in it they begin, and how many they are. */
static span span_of_arguments(xsMachine *the, int buffer, int is_written) {
  const xsIntegerValue offset = xsmcToInteger(xsArg(buffer + 1)), length = xsmcToInteger(xsArg(buffer + 2));
  void *bytes;
  xsUnsignedValue most;
  if (is_written)
    xsmcGetBufferWritable(xsArg(buffer), &bytes, &most);
  else
    xsmcGetBufferReadable(xsArg(buffer), &bytes, &most);
  if (offset < 0 || length < 0 || (xsUnsignedValue)offset > most ||
      (xsUnsignedValue)length > most - (xsUnsignedValue)offset)
    xsRangeError("bytes outside of their buffer");
  return (span){(uint8_t *)bytes + offset, (size_t)length};
}

/* The first two arguments: a sector, and a place in it behind which there is room for so many bytes. */
static int sector_of_arguments(xsMachine *the, size_t *offset, size_t byte_length) {
  const xsIntegerValue sector = xsmcToInteger(xsArg(0)), at = xsmcToInteger(xsArg(1));
  if (sector < 0 || sector >= sector_count) xsRangeError("the record has no sector %d", (int)sector);
  if (at < 0 || at > RECORD_SECTOR_BYTES || byte_length > (size_t)(RECORD_SECTOR_BYTES - at))
    xsRangeError("a sector of the record ends before byte %d", (int)(at + (xsIntegerValue)byte_length));
  *offset = (size_t)at;
  return (int)sector;
}

static void check(xsMachine *the, int done, const char *what) {
  if (!done) xsUnknownError("the flash refuses to %s the record", what);
}

void xs_record_open(xsMachine *the) {
  sector_count = record_flash_open();
  if (sector_count == 0) xsUnknownError("there is no partition for the record");
  xsmcSetInteger(xsResult, sector_count);
}

void xs_record_read(xsMachine *the) {
  size_t offset;
  const span into = span_of_arguments(the, 2, 1);
  const int sector = sector_of_arguments(the, &offset, into.byte_length);
  check(the, record_flash_read(sector, offset, into.bytes, into.byte_length), "read");
}

void xs_record_write(xsMachine *the) {
  size_t offset;
  const span bytes = span_of_arguments(the, 2, 0);
  const int sector = sector_of_arguments(the, &offset, bytes.byte_length);
  check(the, record_flash_write(sector, offset, bytes.bytes, bytes.byte_length), "write");
}

void xs_record_erase(xsMachine *the) {
  const xsIntegerValue sector = xsmcToInteger(xsArg(0));
  if (sector < 0 || sector >= sector_count) xsRangeError("the record has no sector %d", (int)sector);
  check(the, record_flash_erase((int)sector), "erase");
}

void xs_seal_sha256(xsMachine *the) {
  const span bytes = span_of_arguments(the, 0, 0), digest = span_of_arguments(the, 3, 1);
  if (digest.byte_length != SHA256_BYTES) xsRangeError("a digest has %d bytes", SHA256_BYTES);
  sha256_of(bytes.bytes, bytes.byte_length, digest.bytes);
}

void xs_seal_random(xsMachine *the) {
  const span into = span_of_arguments(the, 0, 1);
  record_random(into.bytes, into.byte_length);
}
