import { compileGrammar } from '../../../host-sim/grammar/compile';
import { GrammarError } from '../../../host-sim/grammar/problem';
import { readGrammar } from '../../../host-sim/grammar/read-grammar';
import { understandText } from '../../../host-sim/grammar/understand-text';
import { graphOf, understand } from './hearing';

function errorsOf(text: string, file = 'test.grammar'): string[] {
  try {
    readGrammar({ file, text }, () => undefined);
    return [];
  } catch (error) {
    if (error instanceof GrammarError) return error.message.split('\n');
    throw error;
  }
}

test('hears alternatives, optional parts, lists and parts', () => {
  const spoken = graphOf(
    `
    list room = kitchen | (lounge | sitting room) => living room
    part light = light | lights
    turnOn: (turn | switch) on [the] {room} <light> => device=light`.replace(/^ {4}/gm, ''),
  );
  expect(understand(spoken, 'switch on the sitting room lights')).toEqual({
    intent: 'turnOn',
    slots: { device: 'light', room: 'living room' },
    words: 'switch on the sitting room lights',
  });
  expect(understand(spoken, 'turn on kitchen light')?.slots).toEqual({ device: 'light', room: 'kitchen' });
  expect(understand(spoken, 'turn the kitchen light')).toBeUndefined();
});

test('hears hesitations and puts no word of them out', () => {
  const spoken = graphOf('before = um | uh | hmm\nstop: stop');
  expect(understand(spoken, 'um stop')?.words).toBe('stop');
});

test('takes what is never meant for no command, whatever follows', () => {
  const spoken = graphOf("never: (don't | do not) …\nnever: stop it\nopen: open the door\nstop: stop");
  expect(understandText(spoken, "don't open the door").kind).toBe('never');
  expect(understandText(spoken, 'stop it').kind).toBe('never');
  expect(understand(spoken, 'open the door')?.intent).toBe('open');
  expect(understand(spoken, 'stop')?.intent).toBe('stop');
});

test('marks intents that want more certainty', () => {
  const spoken = graphOf('careful = open | lock\nopen: open\nlock: lock\nstop: stop');
  const outputs = spoken.graph.state(spoken.root).arcs.map((arc) => arc.outputs);
  expect(outputs).toContainEqual(['<open', '!']);
  expect(outputs).toContainEqual(['<stop']);
});

test('fills a slot with a negative constant', () => {
  expect(understand(graphOf('down: down => by=-10.5'), 'down')?.slots).toEqual({ by: -10.5 });
});

test('lets the type of a slot differ from its name', () => {
  const spoken = graphOf('list color = red | blue\npaint: from {first:color} to {second:color}');
  expect(understand(spoken, 'from red to blue')?.slots).toEqual({ first: 'red', second: 'blue' });
});

test('goes on with a statement on lines that start with a space, and takes # as a comment', () => {
  const spoken = graphOf('list color = red # warm\n  | blue\n# nothing\npaint: paint it {color}');
  expect(understand(spoken, 'paint it blue')?.slots).toEqual({ color: 'blue' });
});

test('tells intents apart that part only at the end', () => {
  const spoken = graphOf('turnOn: turn the light on\nturnOff: turn the light off\nopen: turn the light');
  expect(understand(spoken, 'turn the light on')?.intent).toBe('turnOn');
  expect(understand(spoken, 'turn the light off')?.intent).toBe('turnOff');
  expect(understand(spoken, 'turn the light')?.intent).toBe('open');
});

test('allows courtesies before and after, which a grammar may replace', () => {
  const build = (text: string) => compileGrammar({ file: 'x', text }, {}).graph.states;
  expect(build('stop: stop')).toBeGreaterThan(build('before = oh\nafter = now\nstop: stop'));
});

test('keeps values of a slot that may be left out', () => {
  const spoken = graphOf('list n = one | two\ngo: go [{n}] [times]');
  expect(understand(spoken, 'go')?.slots).toEqual({});
  expect(understand(spoken, 'go two times')?.slots).toEqual({ n: 'two' });
});

test('imports other files, each once', () => {
  const files: Record<string, string> = {
    'rooms.grammar': 'list room = kitchen',
    'all.grammar': 'import rooms.grammar',
  };
  const resolve = (path: string) => ({ file: path, text: files[path] ?? '' });
  const spoken = graphOf('import rooms.grammar\nimport all.grammar\ngo: go to {room}', {}, resolve);
  expect(understand(spoken, 'go to kitchen')?.slots).toEqual({ room: 'kitchen' });
});

test.each([
  [
    'turnOn: turn on (the light',
    "test.grammar:1:27: error: expected ')' to close the bracket of line 1, column 17",
  ],
  [
    'turnOn: turn on {rom}\nlist room = a',
    "test.grammar:1:17: error: there is no list 'rom' above this line.",
  ],
  ['list room = kitchen\nturnOn: {rom} on', "Did you mean 'room'?"],
  ['turnOn: on <lihgt>', "test.grammar:1:12: error: there is no part 'lihgt'"],
  ['timer: set 10 minutes', "test.grammar:1:12: error: write '10' as it is said"],
  ['stop: [please]', "test.grammar:1:1: error: a sentence of 'stop' can be said by saying nothing"],
  ['stop: stop ]', "test.grammar:1:12: error: ']' is too much here"],
  ['stop: stop & go', "test.grammar:1:12: error: '&' has no meaning here"],
  ['stop stop', "test.grammar:1:6: error: expected ':' after the intent 'stop'"],
  ['turnOn: turn on …', "'…' is too much here"],
  ['careful open', "expected '=' after 'careful'"],
  ['lst room = a', "Did you mean 'list'?"],
  ['say potato: P OTATO', "test.grammar:1:15: error: 'OTATO' is no phone. The phones are AA AE"],
  ['list number = one', "'number' is a built-in type"],
  ['list room = [kitchen]', "list 'room' has an item that can be said by saying nothing"],
  ['stop: (go | )', 'expected words, found'],
  ['import nowhere.grammar', "test.grammar:1:1: error: cannot find 'nowhere.grammar'"],
  ['', 'there is no sentence'],
  ['list room = kitchen', 'check the grammar that imports this file'],
])('says what is wrong with %j and where', (text, message) => {
  expect(errorsOf(text).join('\n')).toContain(message);
});

test('reports every statement with an error', () => {
  expect(errorsOf('a: {x}\nb: fine\nc: {y}')).toHaveLength(2);
});

test("says a user's own words as the user does", () => {
  const spoken = graphOf('say zsa: ZH AA\nsay zsa: Z AA\ncall: zsa');
  expect(
    spoken.graph
      .state(spoken.root)
      .arcs.map((arc) => arc.phone)
      .sort(),
  ).toEqual([38, 39]);
});

test('warns of sentences that sound alike and mean different things', () => {
  const grammar = 'say to: T UW\nsay two: T UW\nsay lights: L AY\nsay lites: L AY\n';
  const alikes = (text: string) => compileGrammar({ file: 'x', text: grammar + text }, {}).soundAlikes;
  expect(alikes('one: go to\nother: go two')).toMatchObject([
    {
      said: 'go to',
      meaning: 'one {}',
      place: { line: 5, column: 1 },
      otherSaid: 'go two',
      otherMeaning: 'other {}',
      otherPlace: { line: 6, column: 1 },
    },
  ]);
  expect(alikes('list n = two | to\none: go {n}')).toHaveLength(1);
  expect(alikes('one: go {n}\nlist n = two'.split('\n').reverse().join('\n'))).toEqual([]);
  expect(alikes('one: the lites\none: the lights')).toEqual([]);
  expect(alikes('one: go\nother: go')).toHaveLength(1);
});

test('counts sentences, with slots as one and with all their values', () => {
  const text = 'list n = one | two | three\ngo: (go | run) [fast] {n}\nstop: stop';
  const compiled = compileGrammar({ file: 'x', text }, {});
  expect([compiled.sentenceCount, compiled.sentenceWithValuesCount]).toEqual([5, 13]);
  expect(compiled.intents).toEqual(['go', 'stop']);
});

test('compiles the same text to the same bytes', () => {
  const bytes = () =>
    compileGrammar({ file: 'x', text: 'a: one two [three]\nb: {d:duration}' }, {}).graph.file;
  expect(bytes()).toEqual(bytes());
});

test('reads the YAML form: choices, optional groups, slots and macros', () => {
  const text = `context:
  expressions:
    order:
      - "[make, brew] (me, us) @article $size:size $pv.Percent:strength coffee"
  macros:
    article: ["a", "one"]
  slots:
    size: ["small", "eight ounce"]
`;
  const spoken = graphOf({ file: 'x.yaml', text });
  expect(understand(spoken, 'brew us one eight ounce fifty percent coffee')?.slots).toEqual({
    size: 'eight ounce',
    strength: 50,
  });
  expect(understand(spoken, 'make a small ten coffee')?.intent).toBe('order');
  expect(understand(spoken, 'a small ten coffee')).toBeUndefined();
});

test('says where the YAML form is wrong', () => {
  const yaml = (sentence: string) => `context:\n  expressions:\n    order:\n      - "${sentence}"\n`;
  expect(errorsOf(yaml('[make, brew'), 'x.yaml')[0]).toContain(
    "x.yaml:4:10: error: '[' is not closed by ']'",
  );
  expect(errorsOf(yaml('make $siez:size'), 'x.yaml')[0]).toContain(
    "x.yaml:4:15: error: there is no list 'siez'",
  );
});
