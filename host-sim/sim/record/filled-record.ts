import { Record } from '../../../firmware/record/record';
import { blankRecord, MemoryPages } from './memory-pages';
import { nodeSeal } from './node-seal';

/** A record as it is after months: its oldest entries had to go already. */
export function filledRecord(): Uint8Array {
  const flash = blankRecord();
  const record = new Record(new MemoryPages(flash), nodeSeal);
  for (let livedSeconds = 0; record.firstIndex === 0; livedSeconds += 1)
    record.append({ type: 'wakeWord', word: 'jarvis', livedSeconds });
  return flash;
}
