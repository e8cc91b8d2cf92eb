import { total } from '../../../../host-sim/tools/board/core-load';
import { coreZeroLoad, coreZeroTable } from '../../../../host-sim/tools/board/core-zero';

const STEPS = 75_000;
const share = (state: 'quiet' | 'busy', what: string) =>
  coreZeroLoad(STEPS, state).find((load) => load.what === what)?.share;

test('quiet, core 0 has three quarters for others; busy, it is not full', () => {
  expect(total(coreZeroLoad(STEPS, 'quiet'))[1]).toBeLessThanOrEqual(0.25);
  expect(total(coreZeroLoad(STEPS, 'busy'))[1]).toBeLessThan(0.75);
});

test('JavaScript costs what its steps do; ring and cues cost only while they move and sound', () => {
  const [least = 0, most = 0] = share('quiet', 'JavaScript') ?? [];
  expect([least * 240e6, most * 240e6]).toEqual([STEPS * 50, STEPS * 200]);
  for (const what of ['ring', 'cues']) {
    expect(share('quiet', what)).toEqual([0, 0]);
    expect(share('busy', what)?.[0]).toBeGreaterThan(0);
  }
});

test('the table says what is assumed', () => {
  expect(coreZeroTable(STEPS)).toMatch(/radio and network, assumed \| 1 to 5 % \| 10 to 40 %/);
});
