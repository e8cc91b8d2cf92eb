import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../../host-sim/cli/commands/home';
import { carriedOut } from '../cli/command';

const MAPS = 'models/home/maps';
const ZIGBEE = join(MAPS, 'zigbee2mqtt.yaml');

function mapFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'home-')), 'home.yaml');
  writeFileSync(path, text);
  return path;
}

test.each(readdirSync(MAPS))('the example %s is right', async (name) => {
  const { code, problems, out } = await carriedOut(command, ['check', join(MAPS, name)]);
  expect([code, problems]).toEqual([0, []]);
  expect(out).toMatch(/[1-9]\d* actions, [1-9]\d* states/);
});

test('words become messages', async () => {
  const words = ['turn on the kitchen light', 'set the kitchen light to fifty percent'];
  const { code, lines } = await carriedOut(command, ['said', ZIGBEE, ...words]);
  expect(lines).toEqual([
    'zigbee2mqtt/kitchen/set {"state":"ON"}',
    'zigbee2mqtt/kitchen/set {"brightness":127}',
  ]);
  expect(code).toBe(0);
});

test('words without a message are named, and others are still told', async () => {
  const words = ['turn on the garage light', 'lorem ipsum', 'turn off the kitchen light'];
  const { code, lines, problems } = await carriedOut(command, ['said', ZIGBEE, ...words]);
  expect(code).toBe(1);
  expect(lines).toEqual(['zigbee2mqtt/kitchen/set {"state":"OFF"}']);
  expect(problems).toEqual([
    `earshot: “turn on the garage light” is turnOn, for which ${ZIGBEE} has nothing that fits`,
    'earshot: “lorem ipsum” is no command of models/home/home.grammar',
  ]);
});

test.each([
  ['actions: []\nlights: []', ': lights is unknown; actions, states are known'],
  ['actions: [', 'home.yaml: '],
  ['{}', ': actions is missing'],
  [
    "actions: [{ for: turnOn, topic: 'a/#', send: 'ON' }]",
    '.topic is "a/#"; a topic without + and # would be right',
  ],
  ['actions: [{ for: turnOn, topic: a }]', ': actions[0].send is missing'],
  ["actions: [{ for: turnOnn, topic: a, send: 'ON' }]", "no intent 'turnOnn': did you mean turnOn?"],
  [
    "actions: [{ for: turnOn, when: { rom: kitchen }, topic: a, send: 'ON' }]",
    "no slot 'rom': did you mean room?",
  ],
  ["actions: [{ for: turnOn, topic: a, send: '{level}' }]", "turnOn has no slot 'level'"],
  [
    "actions: []\nstates: [{ about: { rooms: x }, topic: a, on: 'a', off: 'b' }]",
    "slot 'rooms': did you mean room?",
  ],
])('%j is refused: %s', async (text, complaint) => {
  const { code, problems } = await carriedOut(command, ['check', mapFile(text)]);
  expect(code).toBe(2);
  expect(problems.join()).toContain(complaint);
});
