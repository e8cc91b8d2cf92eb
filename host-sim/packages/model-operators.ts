import { FlatFile } from './flat-file';

/** Which operators a TensorFlow Lite model is made of, by their numbers in its schema. */
export function operatorsOf(tflite: Uint8Array): number[] {
  return operatorCodes(new FlatFile(tflite));
}

/** In the order in which its layers name them. */
export function operatorCodes(file: FlatFile): number[] {
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
