import { Button, HELD_MS } from '../../../firmware/io/button';

const TURN_MS = 20;

/** What is told when a key is down within these stretches of time, looked at in turns. */
function told(...spans: readonly (readonly [number, number])[]): string[] {
  const heard: string[] = [];
  let nowMs = 0;
  const button = new Button({
    isDown: () => spans.some(([from, to]) => from <= nowMs && nowMs < to),
    onPressed: () => void heard.push(`pressed ${nowMs}`),
    onHeld: () => void heard.push(`held ${nowMs}`),
  });
  const endMs = Math.max(...spans.map(([, to]) => to)) + 1_000;
  for (; nowMs < endMs; nowMs += TURN_MS) button.poll(nowMs);
  return heard;
}

test('a press is told when the key is let go', () => {
  expect(told([100, 300], [1_000, 1_100])).toEqual(['pressed 300', 'pressed 1100']);
});

test('a key that is held is told once, while it is down, and is no press', () => {
  expect(told([100, HELD_MS + 5_000])).toEqual([`held ${HELD_MS + 100}`]);
  expect(told([100, HELD_MS + 5_000], [HELD_MS + 6_000, HELD_MS + 6_200])).toEqual([
    `held ${HELD_MS + 100}`,
    `pressed ${HELD_MS + 6_200}`,
  ]);
});

test('one that is let go before is a press: nothing is deleted by mistake', () => {
  expect(told([100, HELD_MS])).toEqual([`pressed ${HELD_MS}`]);
});

test('a contact that bounces is no press', () => {
  expect(told([100, 110])).toEqual([]);
});
