import type { Ending, SpokenGraph } from './build-graph';
import { ByteWriter, crc32 } from './bytes';
import type { Arc } from './graph';
import { PHONE_COUNT } from './phones';

/* The compiled graph, as firmware/natives/decoder/graph.h describes it. */

const MAGIC = 0x4d524745; // "EGRM"
const VERSION = 2;
const CRC_OFFSET = 8;
const HEADER_BYTES = 46;
/** Of everything that the format counts in two bytes. */
const MOST = 0xffff;

export interface GraphSize {
  readonly bytes: number;
  readonly nodes: number;
  readonly states: number;
  readonly strings: number;
}

export interface GraphFile extends GraphSize {
  readonly file: Uint8Array;
}

interface Node {
  readonly phone: number;
  readonly outputs: readonly string[];
  readonly target: number;
}

/** One entry a distinct value, numbered in order of arrival. */
class Table<Value> {
  readonly values: Value[] = [];
  private readonly indices = new Map<string, number>();

  indexOf(key: string, value: () => Value): number {
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    this.indices.set(key, this.values.length);
    return this.values.push(value()) - 1;
  }
}

/** Lays the graph out as bytes. @throws RangeError when it has more of something than the format can count */
export function layGraph(spoken: SpokenGraph): GraphFile {
  const states = statesFrom(spoken);
  const order = new Map(states.ids.map((id, index) => [id, index]));
  const nodes = nodesOf(spoken, states, order);
  const strings = new Table<string>();
  const outputs = new Table<readonly number[]>();
  const outputIndex = (texts: readonly string[]): number =>
    outputs.indexOf(texts.join('\n'), () => texts.map((text) => strings.indexOf(text, () => text)));
  outputIndex([]);
  const rootOutput = outputIndex(spoken.rootOutputs);
  const nodeOutputs = nodes.list
    .filter((node) => node.outputs.length > 0)
    .map((node) => outputIndex(node.outputs));
  const endings = new Table<{ readonly follows: number; readonly output: number }>();
  const stateEndings = states.ending.map((id) => {
    const ending = endingOf(spoken, id);
    const output = outputIndex(ending.outputs);
    return endings.indexOf(`${ending.follows}:${output}`, () => ({
      follows: ending.follows,
      output,
    }));
  });

  const writer = new ByteWriter();
  const counts = { states: states.ids.length, nodes: nodes.list.length, arcs: nodes.arcs.length };
  refuseTooMany({
    states: counts.states,
    'phone nodes': counts.nodes,
    arcs: counts.arcs,
    strings: strings.values.length,
  });
  writer.u32(MAGIC).u16(VERSION).u16(PHONE_COUNT).u32(0).u32(0);
  writer
    .u16(counts.states)
    .u16(states.rangedCount)
    .u16(states.ending.length)
    .u16(counts.nodes)
    .u16(counts.arcs);
  writer.u16(nodeOutputs.length);
  writer.u16(outputs.values.length).u16(outputs.values.flat().length).u16(strings.values.length);
  writer
    .u16(endings.values.length)
    .u16(order.get(spoken.root) ?? 0)
    .u16(rootOutput);
  writer.u32(new TextEncoder().encode(strings.values.join('\0')).length + 1).u16(nodes.firstSingle);
  if (writer.length !== HEADER_BYTES)
    throw new RangeError(`a header of ${writer.length} bytes, not ${HEADER_BYTES}`);
  for (const node of nodes.list) writer.u16(order.get(node.target) ?? 0);
  for (const output of nodeOutputs) writer.u16(output);
  for (const first of nodes.firstArcs) writer.u16(first);
  for (const node of nodes.arcs) writer.u16(node);
  writeRanges(writer, outputs.values);
  for (const index of outputs.values.flat()) writer.u16(index);
  for (const ending of endings.values) writer.u16(ending.output);
  for (const ending of endings.values) writer.u8(ending.follows);
  for (const node of nodes.list) writer.u8(node.phone);
  for (const ending of stateEndings) writer.u8(ending);
  writer.text(`${strings.values.join('\0')}\0`);

  const file = writer.finish();
  const view = new DataView(file.buffer);
  view.setUint32(12, file.length, true);
  view.setUint32(CRC_OFFSET, crc32(file.subarray(CRC_OFFSET + 4)), true);
  return {
    file,
    bytes: file.length,
    nodes: counts.nodes,
    states: counts.states,
    strings: strings.values.length,
  };
}

/** @throws RangeError */
function refuseTooMany(counts: Readonly<Record<string, number>>): void {
  const count = (value: number): string => value.toLocaleString('en-US');
  const said = Object.entries(counts).filter(([, value]) => value > MOST);
  if (said.length === 0) return;
  const each = said.map(([name, value]) => `${count(value)} ${name}`).join(' and ');
  throw new RangeError(
    `the grammar is too large: it has ${each}, ${count(MOST)} are the most; fewer free combinations of optional parts ` +
      'and long lists make it smaller',
  );
}

function writeRanges(writer: ByteWriter, lists: readonly (readonly unknown[])[]): void {
  let first = 0;
  for (const list of lists) {
    writer.u16(first);
    first += list.length;
  }
  writer.u16(first);
}

/** Breadth first, so that neighbours in speech are neighbours in memory; but states where a sentence may end come first
 * and those with a single arc last, so that only the first have an ending and only the last need no arcs written down. */
function statesFrom(spoken: SpokenGraph) {
  const found = new Set([spoken.root]);
  for (const id of found) for (const arc of spoken.graph.state(id).arcs) found.add(arc.target);
  const ending = [...found].filter((id) => spoken.graph.state(id).endings.length > 0);
  const passing = [...found].filter((id) => spoken.graph.state(id).endings.length === 0);
  const branching = passing.filter((id) => spoken.graph.state(id).arcs.length !== 1);
  const single = passing.filter((id) => spoken.graph.state(id).arcs.length === 1);
  const ids = [...ending, ...branching, ...speakingFirst(single, (id) => spoken.graph.state(id).arcs[0])];
  return { ids, ending, rangedCount: ending.length + branching.length };
}

/** Arcs with the same phone, outputs and target are one node: a hypothesis in it need not know where it came from.
 * Nodes that put something out come first, so that only they need room for it. Around where these meet the others stand
 * those to which states with a single arc lead, in these states' order: two such states never share one, or they
 * would be one state. */
function nodesOf(spoken: SpokenGraph, { ids, rangedCount }: StateOrder, order: ReadonlyMap<number, number>) {
  const table = new Table<Node>();
  const nodesOfStates = ids.map((id) =>
    spoken.graph.state(id).arcs.map((arc) => {
      const key = `${arc.phone}:${order.get(arc.target)}:${arc.outputs.join('\n')}`;
      return table.values[table.indexOf(key, () => arc)] as Node;
    }),
  );
  const single = nodesOfStates.slice(rangedCount).flat();
  const isSingle = new Set(single);
  const others = table.values.filter((node) => !isSingle.has(node));
  const speaking = others.filter(speaks);
  const list = [...speaking, ...single, ...others.filter((node) => !speaks(node))];
  const place = new Map(list.map((node, index) => [node, index]));
  const ranged = nodesOfStates.slice(0, rangedCount);
  const firstArcs = [0];
  for (const nodes of ranged) firstArcs.push((firstArcs.at(-1) ?? 0) + nodes.length);
  const arcs = ranged.flat().map((node) => place.get(node) ?? 0);
  return { list, arcs, firstArcs, firstSingle: speaking.length };
}

type StateOrder = ReturnType<typeof statesFrom>;

function speaks({ outputs }: { readonly outputs: readonly string[] }): boolean {
  return outputs.length > 0;
}

/** Those of which the arc puts something out come first. */
function speakingFirst(ids: readonly number[], arcOf: (id: number) => Arc | undefined): number[] {
  const isSpeaking = (id: number): boolean => (arcOf(id)?.outputs.length ?? 0) > 0;
  return [...ids.filter(isSpeaking), ...ids.filter((id) => !isSpeaking(id))];
}

function endingOf(spoken: SpokenGraph, id: number): Ending {
  const endings = spoken.graph.state(id).endings.flatMap((index) => spoken.endings[index] ?? []);
  return { outputs: endings[0]?.outputs ?? [], follows: Math.max(...endings.map(({ follows }) => follows)) };
}
