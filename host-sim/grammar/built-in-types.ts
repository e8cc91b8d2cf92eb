import type { Expression } from './expression';
import { readExpression } from './parse';
import { scan, TokenReader } from './scan';

/* The types that a slot may have without a list. They are written in the grammar's own language, with marks between
 * backquotes: `+n` adds to the term in hand, `*n` multiplies it, `;` puts it by for the sum, `^am`, `^pm` and
 * `^either` end a time of day counted in minutes. firmware/core/command.ts does the sum. */

const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
// biome-ignore format: a table
const TEENS = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const UNIT_ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
// biome-ignore format: a table
const TEEN_ORDINALS = [
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

function valued(words: readonly string[], first: number, step = 1): string {
  return words.map((text, index) => `${text} \`+${first + index * step}\``).join(' | ');
}

const UNIT = `(${valued(UNITS, 1)})`;
const TO_99 = `(${valued([...UNITS, ...TEENS], 1)} | (${valued(TENS, 20, 10)}) [${UNIT}])`;
const TO_999 = `(${TO_99} | (a \`+1\` | ${UNIT}) hundred \`*100\` [[and] ${TO_99}])`;
const NUMBER = `(zero \`+0\` | ${TO_999})`;

const PERCENT = `((zero \`+0\` | ${TO_99} | (a | one) hundred \`+100\`) [percent]
  | half \`+50\` | (full | maximum | max) \`+100\` | (minimum | min) \`+1\`)`;

const SECONDS = '(second | seconds) `;`';
const MINUTES = '(minute | minutes) `*60` `;`';
const HOURS = '(hour | hours) `*3600` `;`';
const HALF = 'and a half `+0.5`';
const SOME_SECONDS = `${TO_99} ${SECONDS}`;
const SOME_MINUTES = `${TO_99} (${MINUTES} [[and] ${SOME_SECONDS}] | ${SECONDS})`;
const DURATION = `(${TO_999} (${SECONDS} | ${MINUTES} [[and] ${SOME_SECONDS}] | ${HOURS} [[and] ${SOME_MINUTES}])
  | ${UNIT} ${HALF} (${HOURS} | ${MINUTES})
  | (a | one) minute \`+60\` [and a half \`+30\` | [and] ${SOME_SECONDS}]
  | (an | one) hour \`+3600\` \`;\` [and a half \`+1800\` | and a quarter \`+900\` | [and] ${SOME_MINUTES}]
  | half (a minute \`+30\` | an hour \`+1800\`)
  | [a] quarter of an hour \`+900\` | three quarters of an hour \`+2700\`
  | a couple of \`+2\` (${MINUTES} | ${HOURS}))`;

const ORDINAL = `(${valued([...UNIT_ORDINALS, ...TEEN_ORDINALS], 1)} | twentieth \`+20\` | thirtieth \`+30\`
  | (twenty \`+20\` | thirty \`+30\`) (${valued(UNIT_ORDINALS, 1)}))`;

const CLOCK_HOUR = `(${valued([...UNITS, 'ten', 'eleven', 'twelve'], 60, 60)})`;
const CLOCK_MINUTE = `(oh ${UNIT} | ${valued(TEENS, 10)} | (${valued(TENS.slice(0, 4), 20, 10)}) [${UNIT}])`;
const FIVES = `(five \`+5\` | ten \`+10\` | quarter \`+15\` | a quarter \`+15\` | twenty \`+20\` | twenty five \`+25\`)`;
const FIVES_BEFORE = FIVES.replace(/`\+/g, '`+-');
const HALF_DAY = `(am \`^am\` | in the morning \`^am\` | pm \`^pm\` | in the (afternoon | evening) \`^pm\` | at night \`^pm\`)`;
const TIME = `((${CLOCK_HOUR} [o'clock | ${CLOCK_MINUTE}]
    | half past \`+30\` ${CLOCK_HOUR}
    | ${FIVES} [minutes] (past | after) ${CLOCK_HOUR}
    | ${FIVES_BEFORE} [minutes] (to | before) ${CLOCK_HOUR}) (\`^either\` | ${HALF_DAY})
  | noon \`+720\` \`^pm\` | midnight \`^am\`)`;

const SOURCES: Readonly<Record<string, string>> = {
  number: NUMBER,
  percent: PERCENT,
  duration: DURATION,
  ordinal: ORDINAL,
  time: TIME,
};

export const BUILT_IN_TYPES = Object.keys(SOURCES);

const read = new Map<string, Expression>();

/** The expression of a built-in type, or undefined when there is no such type. */
export function builtInType(name: string): Expression | undefined {
  const source = SOURCES[name];
  if (source === undefined) return undefined;
  const known = read.get(name);
  if (known !== undefined) return known;
  const place = { file: `type ${name}`, line: 1, column: 1 };
  const noNames = { slot: unexpected, part: unexpected };
  const expression = readExpression(new TokenReader(scan(source, place, true), place), noNames);
  read.set(name, expression);
  return expression;
}

function unexpected(): never {
  throw new RangeError('a built-in type has neither slots nor parts');
}
