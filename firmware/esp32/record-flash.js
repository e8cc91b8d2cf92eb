/* Which C function stands behind what; record-flash.d.ts says what each does. */
class RecordFlash {
  static open(mostPages) {
    const count = native('xs_record_open').call(RecordFlash);
    return new RecordFlash(Math.min(count, mostPages));
  }
  constructor(count) {
    this.count = count;
    this.byteLength = 4096;
  }
  read(page, offset, into) {
    native('xs_record_read').call(this, page, offset, into.buffer, into.byteOffset, into.byteLength);
  }
  write(page, offset, bytes) {
    native('xs_record_write').call(this, page, offset, bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  erase(page) {
    native('xs_record_erase').call(this, page);
  }
}

export default RecordFlash;
