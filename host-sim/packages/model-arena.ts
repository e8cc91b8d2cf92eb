import { FlatFile } from './flat-file';
import { operatorCodes } from './model-operators';

/** Bytes that a model takes at least to run, whatever interpreter runs it: the numbers that are needed at one time, at the
 * layer where those are most, and its variables, which are always. An interpreter's own bookkeeping comes on top. */
export function leastArenaBytes(tflite: Uint8Array): number {
  const file = new FlatFile(tflite);
  const [graph] = file.tables(file.root, MODEL_SUBGRAPHS);
  if (graph === undefined) return 0;
  const sizes = tensorSizes(file, graph);
  const layers = layersOf(file, graph);
  return variableBytes(layers, sizes) + mostAtOnce(layers, sizes, file.numbers(graph, GRAPH_OUTPUTS));
}

interface Layer {
  readonly code: number | undefined;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const RESHAPE = 22;
const SQUEEZE = 43;
const EXPAND_DIMS = 70;
const ASSIGN_VARIABLE = 144;
/** Of these an interpreter may hand on the very bytes that came in. */
const HANDS_ON: ReadonlySet<number | undefined> = new Set([RESHAPE, SQUEEZE, EXPAND_DIMS]);

/** Fields of the schema's tables. */
const MODEL_SUBGRAPHS = 2;
const MODEL_BUFFERS = 4;
const BUFFER_DATA = 0;
const GRAPH_TENSORS = 0;
const GRAPH_OUTPUTS = 2;
const GRAPH_OPERATORS = 3;
const TENSOR_SHAPE = 0;
const TENSOR_TYPE = 1;
const TENSOR_BUFFER = 2;
const OPERATOR_CODE = 0;
const OPERATOR_INPUTS = 1;
const OPERATOR_OUTPUTS = 2;

/** Bytes of a number by its type in the schema; others are counted as nothing, such as the handles of variables. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 0: 4, 1: 2, 2: 4, 3: 1, 4: 8, 6: 1, 7: 2, 9: 1 };

/** Of what is reckoned; constants stay in the file. */
function tensorSizes(file: FlatFile, graph: number): number[] {
  const isConstant = file
    .tables(file.root, MODEL_BUFFERS)
    .map((buffer) => file.hasBytes(buffer, BUFFER_DATA));
  return file.tables(graph, GRAPH_TENSORS).map((tensor) => {
    const buffer = file.number(tensor, TENSOR_BUFFER, (at) => file.view.getUint32(at, true));
    const type = file.number(tensor, TENSOR_TYPE, (at) => file.view.getInt8(at));
    const count = file.numbers(tensor, TENSOR_SHAPE).reduce((product, length) => product * length, 1);
    return isConstant[buffer] ? 0 : count * (TYPE_BYTES[type] ?? 0);
  });
}

function layersOf(file: FlatFile, graph: number): Layer[] {
  const codes = operatorCodes(file);
  return file.tables(graph, GRAPH_OPERATORS).map((operator) => ({
    code: codes[file.number(operator, OPERATOR_CODE, (at) => file.view.getUint32(at, true))],
    inputs: file.numbers(operator, OPERATOR_INPUTS),
    outputs: file.numbers(operator, OPERATOR_OUTPUTS),
  }));
}

/** What is assigned to a variable is as large as it is. */
function variableBytes(layers: readonly Layer[], sizes: readonly number[]): number {
  const bytes = new Map<number, number>();
  for (const { code, inputs } of layers)
    if (code === ASSIGN_VARIABLE) bytes.set(inputs[0] ?? -1, sizes[inputs[1] ?? -1] ?? 0);
  return [...bytes.values()].reduce((sum, size) => sum + size, 0);
}

/** A number is needed from the layer that makes it to the last that takes it, what the model gives to its end. */
function mostAtOnce(layers: readonly Layer[], sizes: readonly number[], given: readonly number[]): number {
  const lastUse = new Map<number, number>();
  for (const [index, { inputs }] of layers.entries()) for (const input of inputs) lastUse.set(input, index);
  for (const output of given) lastUse.set(output, layers.length);
  const madeBy = new Map<number, number>();
  for (const [index, { outputs }] of layers.entries())
    for (const output of outputs) madeBy.set(output, index);
  const handedOn = new Set(layers.filter(({ code }) => HANDS_ON.has(code)).flatMap(({ outputs }) => outputs));
  return layers.reduce((most, _, index) => {
    let bytes = 0;
    for (const [tensor, last] of lastUse) {
      const isThere = (madeBy.get(tensor) ?? 0) <= index && index <= last;
      if (isThere && !handedOn.has(tensor)) bytes += sizes[tensor] ?? 0;
    }
    return Math.max(most, bytes);
  }, 0);
}
