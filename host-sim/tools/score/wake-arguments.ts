import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkWords, parse } from '../../cli/arguments';
import { Problem } from '../../cli/problem';
import { ROOT } from '../../packages/speaker-parts';
import { levelsOf, ONE_WAKE_WORD } from './options';
import { isReference } from './references';

export const WAKE_HELP = `npm run wake:score -- --positives DIR --negatives DIR… [options] MODEL…

Plays recordings to the speaker, each as if it were just switched on, and counts words missed and false wakes at the
cutoff that the model's card names; the curve over all cutoffs is that of the model's spotter alone. MODEL is a folder
of models/ or the path of a microWakeWord manifest; beside them pymicro:NAME and openwakeword:NAME run in their own
Python packages (installed when first wanted).

  --positives DIR…  recordings that hold the word once
  --negatives DIR…  recordings without it
  --noise FILE…     noise mixed into the positives …
  --snr 10,5        … at these distances in dB
  --talk DIR…       the positives, clean and in noise, after this talk as well, as loud as they
  --rooms           the positives in four simulated rooms too
  --spotter-alone   without the second look of the phone model, which decides otherwise
  --det FILE.svg    draws misses against false wakes at every cutoff
  --details         every recording missed or woken by
  --json            one JSON line for each model at the end: missRate (in noise where there is noise) and falsePerHour
  --scorecard       every model of models/ over the recordings of --data and --negatives, as Markdown
  --data DIR        wake-words/<word>, noise, and speech in other folders (../shared/data)

Hours are those of the negatives; the 1.5 s of silence after each recording are not counted.`;

const OPTIONS = {
  positives: { type: 'string', multiple: true },
  negatives: { type: 'string', multiple: true },
  noise: { type: 'string', multiple: true },
  snr: { type: 'string', default: '10' },
  talk: { type: 'string', multiple: true },
  rooms: { type: 'boolean', default: false },
  'spotter-alone': { type: 'boolean', default: false },
  det: { type: 'string' },
  details: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  scorecard: { type: 'boolean', default: false },
  data: { type: 'string', default: join(ROOT, '../shared/data') },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Options that take any number of paths. */
const GREEDY = ['--positives', '--negatives', '--noise', '--talk'];

export interface WakeArguments {
  readonly models: readonly string[];
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
  readonly noises: readonly string[];
  readonly levelsDb: readonly number[];
  readonly talk: readonly string[];
  readonly rooms: boolean;
  readonly secondLook: boolean;
  readonly det: string | undefined;
  readonly details: boolean;
  readonly json: boolean;
  readonly scorecard: boolean;
  readonly data: string;
}

/** Undefined when help is wanted. @throws Problem */
export function parseWakeArguments(argv: readonly string[]): WakeArguments | undefined {
  const { values, positionals } = parse(withEveryPathNamed(argv), OPTIONS);
  if (values.help) return undefined;
  const { positives = [], negatives = [], noise: noises = [], talk = [], snr, ...rest } = values;
  if (!values.scorecard) {
    checkWords('wake:score', positionals, { ...ONE_WAKE_WORD, most: Number.POSITIVE_INFINITY });
    if (positives.length + negatives.length === 0)
      throw new Problem('no recordings given: --positives DIR, --negatives DIR or both (--help tells more)');
  }
  const levelsDb = levelsOf(snr);
  const secondLook = !values['spotter-alone'];
  return {
    ...rest,
    det: rest.det,
    models: positionals,
    positives,
    negatives,
    noises,
    levelsDb,
    talk,
    secondLook,
  };
}

/** `--negatives A B MODEL` as `--negatives A --negatives B MODEL`: what is there and is no model is another path. */
function withEveryPathNamed(argv: readonly string[]): string[] {
  let open: string | undefined;
  return argv.flatMap((word, index) => {
    const before = argv[index - 1] ?? '';
    if (word.startsWith('--')) {
      open = GREEDY.includes(word) ? word : undefined;
      return [word];
    }
    const isFirst = before === open;
    return open !== undefined && !isFirst && existsSync(word) && !isModel(word) ? [open, word] : [word];
  });
}

function isModel(name: string): boolean {
  if (isReference(name) || name.endsWith('.json')) return true;
  const isNamed = /^[\w-]+$/.test(name) && existsSync(join(ROOT, 'models', name, 'model.json'));
  return isNamed || (statSync(name).isDirectory() && existsSync(join(name, 'model.json')));
}
