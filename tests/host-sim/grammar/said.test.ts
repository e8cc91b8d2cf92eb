import { exampleOf, randomFrom } from '../../../host-sim/grammar/examples';
import { readGrammar } from '../../../host-sim/grammar/read-grammar';
import { checkTable, describeTable, lineOf } from '../../../host-sim/grammar/said';
import { readSaidTable } from '../../../host-sim/grammar/said-table';
import { graphOf, understand } from './hearing';

const GRAMMAR = `list room = kitchen | (lounge | sitting room) => living room
turnOn: turn on [the] {room} light => device=light
wait: wait {seconds:duration}`;
const spoken = graphOf(GRAMMAR);
const line = (text: string) => JSON.parse(lineOf(spoken, text));

test('says what a text means, whatever its capitals and punctuation', () => {
  expect(line('Turn on the lounge light!')).toEqual({
    said: 'Turn on the lounge light!',
    intent: 'turnOn',
    slots: { room: 'living room', device: 'light' },
  });
});

test('says where it stopped and what could have come there', () => {
  expect(line('turn on the dragon')).toEqual({
    said: 'turn on the dragon',
    refused: 'stopped at dragon',
    after: 'turn on the',
    couldCome: ['{room}'],
  });
  expect(line('turn on kitchen')).toMatchObject({ refused: 'stopped at the end', couldCome: ['light'] });
  expect(line('dragon')).toMatchObject({ after: '', couldCome: ['turn', 'wait'] });
});

test('compares a table of meanings, by kind', () => {
  const table = readSaidTable(
    'x.tsv',
    'kind\ttext\tmeaning\na\tturn on the lounge light\tturnOn room=living room device=light\na\tturn on\tnone\nb\twait a minute\twait seconds=61\n',
  );
  expect(describeTable(checkTable(spoken, table)).split('\n')).toEqual([
    '“wait a minute” is wait seconds=60, should be wait seconds=61',
    'a          2 of 2',
    'b          0 of 1',
    'together   2 of 3',
  ]);
});

test.each([
  ['text\tmeaning', 'x.tsv:1'],
  ['kind\ttext\tmeaning\na\tb', 'x.tsv:2'],
])('says where the table %j is wrong', (content, where) => {
  expect(() => readSaidTable('x.tsv', content)).toThrow(where);
});

test('says examples that the grammar understands, the same for the same seed', () => {
  const { sentences } = readGrammar({ file: 'x', text: GRAMMAR }, () => undefined);
  const examples = (seed: number) => {
    const random = randomFrom(seed);
    return Array.from({ length: 20 }, () => exampleOf(sentences, random));
  };
  expect(examples(1)).toEqual(examples(1));
  expect(examples(1)).not.toEqual(examples(2));
  for (const text of examples(1)) expect([text, understand(spoken, text)?.words]).toEqual([text, text]);
});
