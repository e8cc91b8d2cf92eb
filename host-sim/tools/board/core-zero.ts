import { CLOCK_HZ, counted, percent, type Range, total } from './core-load';

/** Cycles of a step of XS. Assumed, as no chip was at hand: byte code lies in flash and is fetched through the cache. */
const STEP_CYCLES: Range = [50, 200];
/** Of the core, for radio and TCP/IP. Assumed: joined and quiet, and while a page is being served. */
const NETWORK = { quiet: [0.01, 0.05], busy: [0.1, 0.4] } as const;
/** The ring is asked for a picture in each turn, 50 a second, and sends those that differ. */
const PICTURES = 50;
/** A cue is made 10 ms at a time. */
const CUE_PIECES = 100;

export type ZeroState = 'quiet' | 'busy';

/** Core 0: quiet, with nobody speaking and no page open, or busy, with a cue, a ring that moves and a page being served.
 * @param stepsPerSecond of XS, in a lively house */
export function coreZeroLoad(stepsPerSecond: number, state: ZeroState) {
  const isBusy = state === 'busy';
  const times = ([least, most]: Range, count: number): Range => [
    (least * count) / CLOCK_HZ,
    (most * count) / CLOCK_HZ,
  ];
  return [
    { what: 'JavaScript', share: times(STEP_CYCLES, stepsPerSecond) },
    { what: 'ring', share: isBusy ? times(counted('ring, 12 pixels'), PICTURES) : ([0, 0] as const) },
    { what: 'cues', share: isBusy ? times(counted('cues'), CUE_PIECES) : ([0, 0] as const) },
    { what: 'radio and network, assumed', share: NETWORK[state] },
  ];
}

export function coreZeroTable(stepsPerSecond: number): string {
  const [quiet, busy] = [coreZeroLoad(stepsPerSecond, 'quiet'), coreZeroLoad(stepsPerSecond, 'busy')];
  return [
    '**Core 0, reckoned, least to most**',
    '',
    '| what | quiet | a cue plays, a page is served |',
    '| --- | --- | --- |',
    ...quiet.map(
      ({ what, share }, index) => `| ${what} | ${percent(share)} | ${percent(busy[index]?.share ?? share)} |`,
    ),
    `| **together** | ${percent(total(quiet))} | ${percent(total(busy))} |`,
  ].join('\n');
}
