/** Lets the chip's firmware live through a day in the real XS, in a machine of the chip's size with 32-bit words, and
 * shows what its memory holds at the end of every hour.
 *
 *     npm run soak [-- --hours 24] [-- --bits 64] [-- --json] */
import { parseArgs } from 'node:util';
import { DEFAULT_BOARD } from '../parts/boards';
import { loadSpeakerParts } from '../parts/speaker-parts';
import { dayTable } from './day-table';
import { type Hour, runDay } from './run-day';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string', default: '24' },
      bits: { type: 'string', default: '32' },
      json: { type: 'boolean', default: false },
    },
  });
  const wanted = { hours: Number(values.hours), bits: values.bits === '64' ? 64 : 32 } as const;
  if (!Number.isInteger(wanted.hours) || wanted.hours < 1)
    throw new RangeError('--hours must be 1 or more, whole');
  const parts = await loadSpeakerParts({ wake: ['jarvis'], grammar: undefined, board: DEFAULT_BOARD });
  const hours: Hour[] = [];
  for await (const hour of runDay({ parts, ...wanted })) {
    hours.push(hour);
    if (values.json) console.log(JSON.stringify(hour));
  }
  if (!values.json) console.log(dayTable(hours));
}

void main();
