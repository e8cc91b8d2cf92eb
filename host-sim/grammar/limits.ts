import type { GraphSize } from './graph-file';

/** What the speaker's decoder has room for, as `firmware/natives/decoder/decoder.h` says; a test holds it to that. */
export const DECODER_ROOM = { nodes: 24_576, states: 16_384 };

/** What is too large about a graph, with how much of it there may be; undefined when the decoder has room for it. */
export function tooLarge({ nodes, states }: GraphSize): string | undefined {
  const count = (value: number): string => value.toLocaleString('en-US');
  const said = [
    nodes > DECODER_ROOM.nodes
      ? `${count(nodes)} phone nodes, ${count(DECODER_ROOM.nodes)} are the most`
      : '',
    states > DECODER_ROOM.states ? `${count(states)} states, ${count(DECODER_ROOM.states)} are the most` : '',
  ].filter((each) => each !== '');
  if (said.length === 0) return undefined;
  return `the grammar is too large for the speaker: ${said.join('; ')}. Optional parts that combine freely and long lists cost most`;
}
