import {
  isActed,
  isOpposite,
  isRisky,
  isSaidRight,
  type SaidAnswer,
  sharesBy,
} from '../../../../host-sim/tools/score/said';
import { describeSaid } from '../../../../host-sim/tools/score/said-report';

function answer(meaning: string, intent?: string, more: object = {}): SaidAnswer {
  const heard = intent === undefined ? null : { intent, slots: {}, words: intent, confidence: 0.9, ...more };
  return { kind: 'kind', text: 'text', meaning, voice: 'joe', heard };
}

test('what means nothing is right where it is refused or asked about, wrong where it is done', () => {
  expect(isSaidRight(answer('none'))).toBe(true);
  expect(isSaidRight(answer('none', 'unlock', { isAsked: true }))).toBe(true);
  expect(isActed(answer('none', 'unlock'))).toBe(true);
  expect(isActed(answer('not unlock', 'lock'))).toBe(true);
});

test('what means something is right only where that is done', () => {
  expect(isSaidRight(answer('lock', 'lock'))).toBe(true);
  expect(isSaidRight(answer('lock', 'lock', { isAsked: true }))).toBe(false);
  expect(isSaidRight(answer('setVolume level=20', 'setVolume', { slots: { level: 12 } }))).toBe(false);
});

test('the opposite is what was not to be done, or what undoes what was meant', () => {
  expect(isOpposite(answer('not unlock', 'unlock'))).toBe(true);
  expect(isOpposite(answer('not unlock', 'isLocked'))).toBe(false);
  expect(isOpposite(answer('turnOff device=light', 'brighten'))).toBe(true);
  expect(isOpposite(answer('turnOff device=light', 'turnOff'))).toBe(false);
  expect(isOpposite(answer('open', 'close', { isAsked: true }))).toBe(false);
});

test('locks, covers, alarms and heating are told apart', () => {
  expect(isRisky(answer('none', 'setAlarm', { slots: { time: '06:00' } }))).toBe(true);
  expect(isRisky(answer('none', 'turnOff', { slots: { device: 'heating' } }))).toBe(true);
  expect(isRisky(answer('none', 'turnOff', { slots: { device: 'light' } }))).toBe(false);
  expect(isRisky(answer('none', 'isOpen'))).toBe(false);
});

test('shares are counted by kind and told with the opposite', () => {
  const answers = [answer('not unlock', 'unlock'), answer('none'), answer('lock', 'lock'), answer('lock')];
  expect([...sharesBy(answers, 'voice', isSaidRight)]).toEqual([['joe', { count: 2, of: 4 }]]);
  const text = describeSaid('clean', answers, false).join('\n');
  expect(text).toContain('said, and right  50.0 % (1 of 2');
  expect(text).toContain('not meant, but done  50.0 % (1 of 2');
  expect(text).toContain('of these the opposite 1, at a lock, cover, alarm or heating 1');
});
