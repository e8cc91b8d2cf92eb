import { replayLineTest } from '../../../host-sim/sim/io/replay-lines';

const BOOTING = '{"atMs":0,"type":"ringChanged","pattern":"booting"}';
const BOOTED = '{"atMs":0,"type":"booted"}';

function picture(rgb: string): string {
  return `{"atMs":0,"type":"ringFrame","rgb":"${rgb}"}`;
}

test('a replay has a device’s events, and no remarks', () => {
  const lines = ['# earshot on a desk', BOOTING, BOOTED, '# the clip is over'];
  expect(lines.filter(replayLineTest())).toEqual([BOOTING, BOOTED]);
});

test('a replay has the first picture of the boot, and all after it', () => {
  const [one, two, three, off] = ['010101', '020202', '030303', '000000'].map(picture) as string[];
  const lines = [BOOTING, one, two, three, BOOTED, off, one, two] as string[];
  expect(lines.filter(replayLineTest())).toEqual([BOOTING, one, BOOTED, off, one, two]);
});
