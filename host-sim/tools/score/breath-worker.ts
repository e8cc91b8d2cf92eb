import type { Command } from '../../../firmware/core/command';
import type { HeardCommand } from '../../../firmware/core/events';
import type { LoadedCommands, LoadedHearing } from '../../packages/speaker';
import { withSilence } from '../../sim/audio/recording';
import { Session } from '../../sim/session';
import { createEar } from '../../sim/wasm/natives';
import { differences, type Label } from './labels';
import { serveTasks } from './pool';
import { readSound } from './sounds';
import { inOneBreath } from './splice';
import { Listener } from './understand';

const SILENCE_MS = 1500;

export interface BreathSetup {
  readonly hearing: LoadedHearing;
}

/** One command, and sayings of the wake word of which the first that wakes is spoken before it. */
export interface BreathTask {
  readonly command: string;
  readonly label: Label;
  readonly wakes: readonly string[];
}

export interface Breath {
  /** Undefined when none of the sayings woke. */
  readonly wake: string | undefined;
  readonly isRightAlone: boolean;
  /** Words, and slots' values, that were understood alone but not in one breath. */
  readonly lost: readonly string[];
  /** What was understood in one breath. */
  readonly words: string | undefined;
}

serveTasks(({ hearing }: BreathSetup) => {
  const listener = new Listener(hearing.commands as LoadedCommands);
  return async ({ command, label, wakes }: BreathTask): Promise<Breath> => {
    const said = await readSound(command);
    const alone = listener.understand(said);
    const isRightAlone = alone !== undefined && differences(label, alone).length === 0;
    for (const wake of wakes) {
      const events = eventsOf(hearing, inOneBreath(await readSound(wake), said));
      if (!events.some(({ type }) => type === 'wakeWordHeard')) continue;
      const heard = events.find(({ type }) => type === 'commandHeard') as HeardCommand | undefined;
      return { wake, isRightAlone, lost: alone ? missing(alone, heard) : [], words: heard?.words };
    }
    return { wake: undefined, isRightAlone, lost: [], words: undefined };
  };
});

/** A hesitation that comes in addition is no loss: grammars let people say "uh". */
function missing(alone: Command, together: Command | undefined): string[] {
  const left = together ? partsOf(together) : [];
  return partsOf(alone).filter((part) => {
    const found = left.indexOf(part);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

function partsOf({ intent, slots, words }: Command): string[] {
  const values = Object.entries(slots).map(([name, value]) => `${name}=${value}`);
  return [`intent=${intent}`, ...values, ...words.split(' ')];
}

type SessionEvent = { readonly type: string } & Partial<HeardCommand>;

/** What a whole speaker makes of a recording. */
function eventsOf(hearing: LoadedHearing, pcm: Int16Array): SessionEvent[] {
  const events: SessionEvent[] = [];
  const ear = createEar(hearing, withSilence(pcm, SILENCE_MS));
  const session = new Session({
    ear,
    pixelCount: 1,
    mute: [],
    ringFrames: false,
    write: (line) => events.push(JSON.parse(line) as SessionEvent),
  });
  while (session.step());
  return events;
}
