import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** The numbers of the second look, which the natives' header is made from: losses and logits in nats, the rest counts. */
const numbers = JSON.parse(
  readFileSync(join(ROOT, 'firmware/natives/ear/second_look.json'), 'utf8'),
) as Readonly<Record<string, { readonly nats: number }>>;

/** What a phone may lose at most, however sure the others are. */
export const MOST_LOSS_NATS = numbers.WAKE_WORD_MOST_LOSS?.nats as number;
