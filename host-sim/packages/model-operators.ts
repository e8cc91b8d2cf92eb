/** Which operators a TensorFlow Lite model is made of, by their numbers in its schema. */
export function operatorsOf(tflite: Uint8Array): number[] {
  const file = new FlatFile(tflite);
  return file.tables(file.root, MODEL_OPERATOR_CODES).map((code) =>
    // the old field has a byte; what does not fit stands in the new one alone
    Math.max(
      file.number(code, CODE_DEPRECATED, (at) => file.view.getInt8(at)),
      file.number(code, CODE_BUILTIN, (at) => file.view.getInt32(at, true)),
    ),
  );
}

/** Fields of the schema's tables. */
const MODEL_OPERATOR_CODES = 1;
const CODE_DEPRECATED = 0;
const CODE_BUILTIN = 3;

/** As much of the FlatBuffers format as it takes: offsets are of four bytes and relative to where they stand. */
class FlatFile {
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get root(): number {
    return this.follow(0);
  }

  tables(table: number, field: number): number[] {
    const at = this.place(table, field);
    if (at === undefined) return [];
    const vector = this.follow(at);
    const count = this.view.getUint32(vector, true);
    return Array.from({ length: count }, (_, index) => this.follow(vector + 4 + index * 4));
  }

  /** 0 where the file leaves it out, as the schema says. */
  number(table: number, field: number, read: (at: number) => number): number {
    const at = this.place(table, field);
    return at === undefined ? 0 : read(at);
  }

  private follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  /** Where a field of a table stands, when it is there: before each table stands how far before it its list of fields
   * is, of two bytes each behind two sizes. */
  private place(table: number, field: number): number | undefined {
    const list = table - this.view.getInt32(table, true);
    const entry = 4 + field * 2;
    const offset = entry < this.view.getUint16(list, true) ? this.view.getUint16(list + entry, true) : 0;
    return offset === 0 ? undefined : table + offset;
  }
}
