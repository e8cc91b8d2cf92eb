import { FlatFile } from './flat-file';
import { operatorCodes } from './model-operators';

/** What one run of a model asks of a machine, by the kind of kernel. */
export interface ModelWork {
  /** Multiplications with a sum, of convolutions whose filter is one wide and high. */
  readonly pointwise: number;
  /** Those of all other convolutions. */
  readonly convolution: number;
  readonly depthwise: number;
  readonly fullyConnected: number;
  /** Numbers that layers give which only copy. */
  readonly copied: number;
  /** Numbers that any other layer gives. */
  readonly elementwise: number;
  /** Bytes of weights, each of which is read once a run. */
  readonly weightBytes: number;
}

const CONV_2D = 3;
const DEPTHWISE_CONV_2D = 4;
const FULLY_CONNECTED = 9;
/** CONCATENATION, RESHAPE, PAD, TRANSPOSE, SQUEEZE, STRIDED_SLICE, SPLIT, EXPAND_DIMS, SPLIT_V, and those of variables. */
const COPYING: ReadonlySet<number> = new Set([2, 22, 34, 39, 43, 45, 49, 70, 102, 129, 142, 143, 144]);

/** Fields of the schema's tables. */
const MODEL_SUBGRAPHS = 2;
const GRAPH_TENSORS = 0;
const GRAPH_OPERATORS = 3;
const TENSOR_SHAPE = 0;
const OPERATOR_CODE = 0;
const OPERATOR_INPUTS = 1;
const OPERATOR_OUTPUTS = 2;

/** Of the first graph, which is what a run runs; the others only fill variables at the start. */
export function workOf(tflite: Uint8Array): ModelWork {
  const file = new FlatFile(tflite);
  const codes = operatorCodes(file);
  const [graph] = file.tables(file.root, MODEL_SUBGRAPHS);
  const work = {
    pointwise: 0,
    convolution: 0,
    depthwise: 0,
    fullyConnected: 0,
    copied: 0,
    elementwise: 0,
    weightBytes: 0,
  };
  if (graph === undefined) return work;
  const shapes = file.tables(graph, GRAPH_TENSORS).map((tensor) => file.numbers(tensor, TENSOR_SHAPE));
  for (const operator of file.tables(graph, GRAPH_OPERATORS)) {
    const code = codes[file.number(operator, OPERATOR_CODE, (at) => file.view.getUint32(at, true))];
    const [, filter = -1] = file.numbers(operator, OPERATOR_INPUTS);
    const [output = -1] = file.numbers(operator, OPERATOR_OUTPUTS);
    addLayer(work, code, shapes[filter] ?? [], shapes[output] ?? []);
  }
  return work;
}

function addLayer(
  work: { -readonly [Kind in keyof ModelWork]: ModelWork[Kind] },
  code: number | undefined,
  filter: readonly number[],
  output: readonly number[],
): void {
  const [, height = 1, width = 1] = filter;
  const outputs = product(output);
  const channels = output.at(-1) ?? 1;
  if (code === CONV_2D) {
    const sums = (outputs / channels) * product(filter);
    if (height === 1 && width === 1) work.pointwise += sums;
    else work.convolution += sums;
  } else if (code === DEPTHWISE_CONV_2D) work.depthwise += outputs * height * width;
  else if (code === FULLY_CONNECTED) work.fullyConnected += (outputs / channels) * product(filter);
  else {
    work[code !== undefined && COPYING.has(code) ? 'copied' : 'elementwise'] += outputs;
    return;
  }
  work.weightBytes += product(filter);
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total * number, 1);
}
