import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecording } from '../../../../host-sim/sim/audio/any-recording';

const RECORDINGS = join(__dirname, '../../../../../shared/data');
const EVERY = 40;
const testWithRecordings = existsSync(RECORDINGS) ? test : test.skip;

/** Their MD5 was taken by the coder, so it is the oracle. */
testWithRecordings('FLAC of people is read to the last sample, and its MD5 is right', async () => {
  const files = readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.flac'))
    .sort()
    .filter((_, i) => i % EVERY === 0);
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const { shortfall } = await readRecording(readFileSync(join(RECORDINGS, name)));
    expect([name, shortfall]).toEqual([name, undefined]);
  }
});
