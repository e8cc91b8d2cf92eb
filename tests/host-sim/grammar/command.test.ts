import { commandOf } from '../../../firmware/core/command';

const slotsOf = (tokens: string) => commandOf(['<x', ...tokens.split(' ')])?.slots;

test('reads an intent, its slots and the words that were said', () => {
  const tokens = [
    '<setTimer',
    'set',
    'a',
    'timer',
    'for',
    '{duration',
    'ten',
    '+10',
    'minutes',
    '*60',
    ';',
    '}',
  ];
  expect(commandOf(tokens)).toEqual({
    intent: 'setTimer',
    slots: { duration: 600 },
    words: 'set a timer for ten minutes',
  });
});

test('takes the intent wherever it stands', () => {
  expect(commandOf(['turn', '<turnOn', 'on'])).toEqual({ intent: 'turnOn', slots: {}, words: 'turn on' });
});

test('finds no command in the beginning of one', () => {
  expect(commandOf(['turn', '{room', 'kitchen'])).toBeUndefined();
  expect(commandOf([])).toBeUndefined();
});

test('takes a slot from its words when no mark says what they stand for', () => {
  expect(slotsOf('{milkAmount a bit of milk }')).toEqual({ milkAmount: 'a bit of milk' });
});

test("takes a list's own name for what was said", () => {
  expect(slotsOf('{room lounge =living\u00a0room }')).toEqual({ room: 'living\u00a0room' });
});

test('takes numbers that stand for words as numbers', () => {
  expect(slotsOf('{level low =20 } @speed=3 @device=light')).toEqual({
    level: 20,
    speed: 3,
    device: 'light',
  });
});

test('adds terms that are put by', () => {
  expect(slotsOf('{duration one +1 hour *3600 ; and thirty +30 minutes *60 ; }')).toEqual({ duration: 5400 });
  expect(slotsOf('{n two +2 hundred *100 five +5 }')).toEqual({ n: 205 });
});

test('tells the halves of the day apart, and says so when nobody did', () => {
  expect(slotsOf('{at seven +420 thirty +30 pm ^pm }')).toEqual({ at: '19:30' });
  expect(slotsOf('{at quarter +-15 to twelve +720 ^either }')).toEqual({ at: '~11:45' });
  expect(slotsOf('{at twelve +720 am ^am }')).toEqual({ at: '00:00' });
  expect(slotsOf('{at quarter +-15 to one +60 ^am }')).toEqual({ at: '00:45' });
});

test('survives marks that stand nowhere', () => {
  expect(slotsOf('} +5 =x {open')).toEqual({});
});

test('keeps both values of a slot that is said twice', () => {
  expect(slotsOf('{room kitchen } and {room hall }')).toEqual({ room: ['kitchen', 'hall'] });
});
