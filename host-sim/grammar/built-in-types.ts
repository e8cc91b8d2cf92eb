import type { Expression } from './expression';
import { readExpression } from './parse';
import { scan, TokenReader } from './scan';

/* The types that a slot may have without a list. They are written in the grammar's own language, with marks between
 * backquotes: `+n` adds to the term in hand, `*n` multiplies it, `;` puts it by for the sum, `^am`, `^pm`, `^night`,
 * `^day` and `^either` end a time of day counted in minutes, `=x` is the value. firmware/core/command.ts does the sum. */

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
  const values = words.map((text, index) => [text, Number((first + index * step).toFixed(3))]);
  return values.map(([text, value]) => `${text} \`+${value}\``).join(' | ');
}

const UNIT = `(${valued(UNITS, 1)})`;
const TO_99 = `(${valued([...UNITS, ...TEENS], 1)} | (${valued(TENS, 20, 10)}) [${UNIT}])`;
const TO_999 = `(${TO_99} | (a \`+1\` | ${UNIT}) hundred \`*100\` [[and] ${TO_99}])`;
const HALF = 'and a half `+0.5`';
const TENTHS = `point (zero | oh | ${valued(UNITS, 0.1, 0.1)})`;
const NUMBER = `((zero \`+0\` | ${TO_999}) [${TENTHS} | ${HALF}] | (minus | negative) ${TO_999} [${TENTHS}] \`*-1\`)`;
const DEGREES = `(${TO_99} [${TENTHS} | ${HALF}])`;

const PERCENT = `((zero \`+0\` | ${TO_99} | (a | one) hundred \`+100\`) [percent]
  | [a] half \`+50\` | (a | one) (quarter \`+25\` | third \`+33\`) | three quarters \`+75\` | two thirds \`+67\`
  | (full | maximum | max) \`+100\` | (minimum | min) \`+1\`)`;

const SECONDS = '(second | seconds) `;`';
const MINUTES = '(minute | minutes) `*60` `;`';
const HOURS = '(hour | hours) `*3600` `;`';
const FRACTION = 'and (a half `+0.5` | a quarter `+0.25` | three quarters `+0.75`)';
const SOME_SECONDS = `(${TO_99} | a \`+1\`) ${SECONDS}`;
const SOME_MINUTES = `(${TO_99} | a \`+1\`) (${MINUTES} [[and] ${SOME_SECONDS}] | ${SECONDS})`;
const AFTER_MINUTES = `${HALF} \`*60\` | [and] ${SOME_SECONDS} | ${TO_99}`;
const AFTER_HOURS = `${FRACTION} \`*3600\` | [and] ${SOME_MINUTES} | ${TO_99} \`*60\``;
const DURATION = `(${TO_999} (${SECONDS} | ${MINUTES} [${AFTER_MINUTES}] | ${HOURS} [${AFTER_HOURS}])
  | ${TO_99} (${FRACTION} ${HOURS} | ${HALF} ${MINUTES})
  | a second \`+1\`
  | a minute \`+60\` \`;\` [${AFTER_MINUTES}]
  | an hour \`+3600\` \`;\` [${AFTER_HOURS}]
  | ([a] half [a] minute \`+30\`) | ([a] half [an] hour \`+1800\`)
  | ([a] quarter [of an] hour | a quarter of one hour) \`+900\` | three quarters of an hour \`+2700\`
  | a couple of \`+2\` (${MINUTES} | ${HOURS}))`;

/* As an adjective: "a five minute timer". */
const LENGTH = `((${TO_99} | [a] hundred \`+100\`) (second | seconds | (minute | minutes) \`*60\` | (hour | hours) \`*3600\`) | half hour \`+1800\`
  | [one] hour and a half \`+5400\`)`;

const ORDINAL = `(${valued([...UNIT_ORDINALS, ...TEEN_ORDINALS], 1)} | twentieth \`+20\` | thirtieth \`+30\`
  | (twenty \`+20\` | thirty \`+30\`) (${valued(UNIT_ORDINALS, 1)}))`;

const CLOCK_HOUR = `(${valued([...UNITS, 'ten', 'eleven', 'twelve'], 60, 60)})`;
const CLOCK_MINUTE = `(oh ${UNIT} | ${valued(TEENS, 10)} | (${valued(TENS.slice(0, 4), 20, 10)}) [${UNIT}])`;
/* By a clock of 24 hours; "twenty two ten" is left to "twenty to ten", which sounds the same. */
const LATE_TENS = '(thirty `+30` | forty `+40` | fifty `+50`)';
const LATE_MINUTE = `hundred | o'clock | oh ${UNIT} | ${valued(TEENS.slice(3), 13)} | ${LATE_TENS} [${UNIT}]`;
const LATE_TIME = `(${valued(TEENS.slice(3), 780, 60)} | twenty \`+1200\` [one \`+60\` | three \`+180\`]) [${LATE_MINUTE}
  | ten \`+10\` | eleven \`+11\` | twelve \`+12\`] | twenty two \`+1320\` [${LATE_MINUTE}]`;
const FIVES = `(five \`+5\` | ten \`+10\` | [a] quarter \`+15\` | twenty \`+20\` | twenty five \`+25\`)`;
const FIVES_BEFORE = FIVES.replace(/`\+/g, '`+-');
const HALF_DAY = `([in the] morning \`^am\` | am \`^am\` | pm \`^pm\` | in the (afternoon | evening) \`^pm\` | at night \`^night\`)`;
const TIME = `((${CLOCK_HOUR} [o'clock | ${CLOCK_MINUTE}]
    | half [past] \`+30\` ${CLOCK_HOUR}
    | ${FIVES} [minutes] (past | after) ${CLOCK_HOUR}
    | ${FIVES_BEFORE} [minutes] (to | before | till | of) ${CLOCK_HOUR}) (\`^either\` | ${HALF_DAY})
  | (${LATE_TIME}) \`^day\`
  | [twelve] noon \`+720\` \`^day\` | midday \`+720\` \`^day\` | [twelve] midnight \`^day\`)`;

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const HALF_OF_DAY = 'morning `^am` | afternoon `^pm` | evening `^pm` | night `^night`';
const DAY = `(today \`=today\` | tonight \`=today\` \`^night\` | this (${HALF_OF_DAY}) \`=today\`
  | tomorrow \`=tomorrow\` [${HALF_OF_DAY}]
  | [on | next] (${WEEKDAYS.map((day) => `${day} \`=${day}\``).join(' | ')}) [${HALF_OF_DAY}]
  | (on | every) (weekdays | weekday) \`=weekdays\` | [on] weekdays \`=weekdays\`
  | (on | at | every) [the] (weekend | weekends) \`=weekends\`
  | (every | each) (day \`=every day\` | (${HALF_OF_DAY}) \`=every day\`) | daily \`=every day\`)`;

const SOURCES: Readonly<Record<string, string>> = {
  number: NUMBER,
  percent: PERCENT,
  duration: DURATION,
  length: LENGTH,
  ordinal: ORDINAL,
  time: TIME,
  degrees: DEGREES,
  day: DAY,
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
