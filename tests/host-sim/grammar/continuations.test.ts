import { NOTHING_FOLLOWS, THE_WORD_GOES_ON, WORDS_FOLLOW } from '../../../host-sim/grammar/continuations';
import { readDictionary } from './dictionary';
import { followsAfter, graphOf } from './hearing';

const dictionary = readDictionary();
const after = (grammar: string) => {
  const spoken = graphOf(grammar, dictionary);
  return (text: string) => followsAfter(spoken, text);
};

test('nothing follows where a sentence can only end', () => {
  expect(after('stop: stop')('stop')).toEqual([NOTHING_FOLLOWS]);
});

test('what changes nothing does not follow', () => {
  expect(after('turnOn: light [on]')('light')).toEqual([NOTHING_FOLLOWS]);
  expect(after('turnOn: (light | lights)\nopen: door')('light')).toEqual([NOTHING_FOLLOWS]);
});

test('words follow a number that another may go on from, whichever path it took', () => {
  const number = after('heat: heat to {degrees:number}');
  expect(number('heat to twenty')).toEqual([WORDS_FOLLOW]);
  expect(number('heat to twenty one')).toEqual([WORDS_FOLLOW]);
  expect(number('heat to twenty one point five')).toEqual([NOTHING_FOLLOWS]);
});

test('a word may go on into another', () => {
  expect(after('list n = seven | seventeen\ngo: go {n}')('go seven')).toEqual([THE_WORD_GOES_ON]);
});

test('words follow where only another intent goes on', () => {
  const open = after('list n = two | three\none: go {n}\nother: go {n} times');
  expect(open('go two')).toEqual([WORDS_FOLLOW]);
  expect(open('go two times')).toEqual([NOTHING_FOLLOWS]);
});

test.each([
  ['set a timer for one hour', WORDS_FOLLOW],
  ['set a timer for one hour and ten minutes', WORDS_FOLLOW],
  ['set a timer for ten seconds', NOTHING_FOLLOWS],
])('of a duration, "%s" is followed by %p', (text, follows) => {
  expect(after('setTimer: set a timer for {duration}')(text)).toEqual([follows]);
});
