/** Replays recordings and counts every packet that is sent meanwhile. There should be none.
 *
 *     npm run test:egress -- FOLDER…      hours of speech, say */
import { canBeApart, sentBy } from './sent';

function main(paths: readonly string[]): number {
  if (!canBeApart) {
    console.error(
      'unshare --net does not work here, or there is no `ip`: run it as root, or in a container that may',
    );
    return 2;
  }
  const chosen = paths.length > 0 ? paths : ['--demo'];
  const { packets, out, code } = sentBy([
    process.execPath,
    'host-sim/cli/run.mjs',
    'replay',
    '--json',
    ...chosen,
  ]);
  const events = out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const opened = events.filter(({ type }) => type === 'recordingOpened');
  const hours = opened.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) / 3_600_000;
  console.log(
    `${opened.length} recordings, ${hours.toFixed(2)} hours, ${events.length} events; ${packets.length} packets were sent`,
  );
  for (const { protocol, to, port, bytes } of packets.slice(0, 20))
    console.log(`  ${protocol} to ${to} port ${port}, ${bytes} bytes`);
  return packets.length > 0 ? 1 : code === 0 ? 0 : 2;
}

process.exitCode = main(process.argv.slice(2));
