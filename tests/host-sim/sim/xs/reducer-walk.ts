/** Sends a long walk of pseudo-random events through the core and prints every state, effect and ring picture. Runs
 * under Node and under XS alike, which must agree in every byte. */
import { effectsOf } from '../../../../firmware/core/effects';
import type { Event } from '../../../../firmware/core/events';
import type { SlotValue } from '../../../../firmware/core/ports';
import { reduce } from '../../../../firmware/core/reducer';
import { patternName, renderRing } from '../../../../firmware/core/ring';
import { initialState } from '../../../../firmware/core/state';

declare const host: { print(line: string): void; repeat(step: () => boolean): void };

const STEPS = 3000;
const INTENTS = [
  'setTimer',
  'cancelTimer',
  'cancelAllTimers',
  'timerLeft',
  'stop',
  'neverMind',
  'setVolume',
  'volumeUp',
  'turnOn',
];

let seed = 20261123;
function below(limit: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >> 8) % limit;
}

function randomSlots(): Record<string, SlotValue> {
  const slots: Record<string, SlotValue> = {};
  if (below(2) === 0) slots.duration = below(20) / 4;
  if (below(3) === 0) slots.level = below(130);
  if (below(4) === 0) slots.name = ['tea', 'eggs', 'crème brûlée'][below(3)] as string;
  return slots;
}

function randomEvent(atMs: number): Event {
  const intent = INTENTS[below(INTENTS.length)] as string;
  const events: readonly Event[] = [
    { type: 'booted', atMs },
    { type: 'wakeWordHeard', atMs, sample: atMs * 16, word: 'jarvis', confidence: below(1000) / 1000 },
    { type: 'wakeWordHeard', atMs, sample: atMs * 16, word: 'jarvis', confidence: 1 },
    { type: 'commandHeard', atMs, command: { intent, slots: randomSlots(), words: intent, confidence: 0.9 } },
    {
      type: 'commandHeard',
      atMs,
      command: { intent: 'setTimer', slots: { duration: below(9) }, words: '', confidence: 1 },
    },
    { type: 'speechStarted', atMs },
    { type: 'speechEnded', atMs, reason: below(2) === 0 ? 'silence' : 'notUnderstood' },
    { type: 'muteChanged', atMs, muted: below(3) === 0 },
    { type: 'actionDone', atMs, id: below(30), ok: below(4) > 0 },
    { type: 'cueEnded', atMs },
    { type: 'timeAdvanced', atMs },
    { type: 'audioOverran', atMs, lostSamples: below(1000) },
  ];
  return events[below(events.length)] as Event;
}

const rgb = new Uint8Array(12 * 3);
let state = initialState();
let atMs = 0;
let step = 0;
host.repeat(() => {
  atMs += below(400);
  const before = state;
  state = reduce(before, randomEvent(atMs));
  renderRing(state, atMs, rgb);
  host.print(JSON.stringify([step, patternName(state), state, effectsOf(before, state), rgb.join()]));
  return ++step < STEPS;
});
