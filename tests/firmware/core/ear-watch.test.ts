import { EAR_STILL_MS, EarWatch } from '../../../firmware/core/ear-watch';

/** Looks every 20 ms and returns the times at which the ear was found standing still. */
function stillAt(heardAt: (atMs: number) => number, muted: (atMs: number) => boolean, lengthMs = 10_000) {
  const watch = new EarWatch();
  const found: number[] = [];
  for (let atMs = 0; atMs < lengthMs; atMs += 20) {
    if (watch.stoodStill(heardAt(atMs), muted(atMs), atMs)) found.push(atMs);
  }
  return found;
}

const never = () => false;

it('says nothing about an ear that hears', () => {
  expect(stillAt((atMs) => atMs * 16, never)).toEqual([]);
});

it('finds an ear that stops, once', () => {
  expect(stillAt((atMs) => Math.min(atMs, 1000) * 16, never)).toEqual([1000 + EAR_STILL_MS]);
});

it('finds an ear that never begins', () => {
  expect(stillAt(() => 0, never)).toEqual([EAR_STILL_MS]);
});

it('finds it again when it stops a second time', () => {
  const heardAt = (atMs: number) => (atMs < 4000 ? 0 : Math.min(atMs, 5000));
  expect(stillAt(heardAt, never)).toEqual([EAR_STILL_MS, 5000 + EAR_STILL_MS]);
});

it('expects nothing of a muted microphone, and gives it its time afterwards', () => {
  expect(
    stillAt(
      () => 0,
      (atMs) => atMs < 6000,
    ),
  ).toEqual([5980 + EAR_STILL_MS]);
});
