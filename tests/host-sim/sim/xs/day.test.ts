import { DEFAULT_BOARD } from '../../../../host-sim/packages/boards';
import { loadSpeaker } from '../../../../host-sim/packages/speaker';
import type { XsHostOptions } from '../../../../host-sim/sim/xs/build';
import { type Hour, runDay } from '../../../../host-sim/sim/xs/run-day';
import { dayTable } from '../../../../host-sim/tools/board/day-table';
import { wordSize } from './word-size';

describe('a day in a lively house', () => {
  const hours: Hour[] = [];
  let bits: NonNullable<XsHostOptions['bits']>;

  beforeAll(async () => {
    bits = await wordSize();
    const speaker = await loadSpeaker({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
    for await (const hour of runDay({ speaker, bits })) hours.push(hour);
  }, 900_000);

  it('is lived through to its end, in a machine of the chip’s size', () => {
    console.log(`${bits} bits\n${dayTable(hours)}`);
    expect(hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 25 }, (_, hour) => hour));
  });

  it('has thousands of wakes and mutes, hundreds of losses of the network, timers and settings written', () => {
    const { lines, written } = hours[24] as Hour;
    expect(lines.wakeWordHeard).toBeGreaterThan(2_000);
    expect(lines.muteChanged).toBeGreaterThan(2_000);
    expect(lines.linkChanged).toBeGreaterThan(500);
    expect(lines.timerRang).toBeGreaterThan(200);
    expect(lines.faultOccurred).toBeGreaterThan(200);
    expect(written).toBeGreaterThan(500);
  });

  it('leaves no more in memory at its end than in its second hour', () => {
    const used = hours.slice(2).map(({ memory }) => memory);
    const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    expect(spread(used.map(({ slots }) => slots))).toBeLessThan(48);
    expect(spread(used.map(({ chunkBytes }) => chunkBytes))).toBeLessThan(1_024);
    expect(spread(used.map(({ names }) => names))).toBeLessThan(8);
  });

  it('needs half of the stack more than it had used after a minute at no time', () => {
    const peaks = hours.map(({ memory }) => memory.stackSlotsPeak);
    expect(Math.max(...peaks)).toBeLessThan((peaks[0] as number) * 1.5);
  });
});
