import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinsOf } from '../../host-sim/packages/board-pins';
import { BOARDS, DEFAULT_BOARD, loadBoard } from '../../host-sim/packages/boards';
import { solderedParts } from '../../host-sim/tools/board/wiring-parts';
import { wiringSvg } from '../../host-sim/tools/board/wiring-svg';

const reference = loadBoard(DEFAULT_BOARD, BOARDS);

test('the drawing of the wiring is what `npm run wiring` makes of the manifest', () => {
  const committed = readFileSync(join(BOARDS, DEFAULT_BOARD, 'wiring.svg'), 'utf8');
  expect(committed).toBe(wiringSvg(reference));
});

test('it shows every pin once, where the manifest has it', () => {
  const shown = [...wiringSvg(reference).matchAll(/>GPIO (\d+)</g)].map(([, pin]) => Number(pin));
  const soldered = pinsOf(reference.configuration).filter(({ role }) => role !== 'button.pin');
  const pins = soldered.map(({ pin }) => pin);
  expect(shown.sort((a, b) => a - b)).toEqual(pins.sort((a, b) => a - b));
});

test('without a switch the microphone’s data goes straight to its pin, and a right channel’s L/R to 3.3 V', () => {
  const { configuration } = reference;
  const mic = { ...configuration.mic, channel: 'right' as const };
  const [microphone, ...others] = solderedParts({ ...configuration, mic, mute: { absent: 'none' } });
  const ends = Object.fromEntries((microphone?.pads ?? []).map(({ name, end }) => [name, end]));
  expect(ends).toMatchObject({ SD: { pin: mic.data }, 'L/R': { rail: '3V3' } });
  expect(others.map(({ name }) => name).join()).not.toContain('switch');
});

test('a board that brings its own sound chips has no wiring to draw, and that is said', () => {
  expect(() => wiringSvg(loadBoard('esp32-s3-box-3', BOARDS))).toThrow('soldered parts');
});
