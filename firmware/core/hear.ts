import { commandOf } from './command';
import type { EarEvent } from './ear-events';
import type { Event, HeardCommand } from './events';

/** What the ear tells about its own work; the core has nothing to decide on it. */
export type Hint = Extract<EarEvent, { type: 'partial' }>;

/** What an event of the ear means to the core. */
export function coreEventOf(heard: Exclude<EarEvent, Hint>, atMs: number): Event {
  switch (heard.type) {
    case 'wakeWordHeard': {
      const { type, ...rest } = heard;
      return { type, atMs, ...rest };
    }
    case 'nearMiss': {
      const { type, sample: _, ...miss } = heard;
      return { type, atMs, ...miss };
    }
    case 'speechStarted':
      return { type: heard.type, atMs };
    case 'speechEnded':
      return { type: heard.type, atMs, reason: heard.reason };
    case 'audioOverran':
      return { type: heard.type, atMs, lostSamples: heard.lostSamples };
    case 'commandHeard':
      return withCommand(heard, (command) => ({ type: 'commandHeard', atMs, command }), atMs);
    case 'commandDoubted':
      return withCommand(
        heard,
        (command) => ({ type: 'commandDoubted', atMs, sample: heard.sample, command }),
        atMs,
      );
    case 'eventsLost':
      return { type: 'faultOccurred', atMs, what: `${heard.count} events of the ear were lost` };
    case 'fault':
      return { type: 'faultOccurred', atMs, what: heard.what };
  }
}

function withCommand(
  { tokens, confidence }: Extract<EarEvent, { type: 'commandHeard' | 'commandDoubted' }>,
  eventOf: (command: HeardCommand) => Event,
  atMs: number,
): Event {
  const command = commandOf(tokens);
  if (!command) return { type: 'faultOccurred', atMs, what: `the ear heard no command: ${tokens.join(' ')}` };
  return eventOf({ ...command, confidence });
}
