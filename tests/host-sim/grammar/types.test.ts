import { graphOf, understand } from './hearing';

const said = (type: string) => {
  const spoken = graphOf(`take: take {value:${type}}`);
  return (text: string) => understand(spoken, `take ${text}`)?.slots.value;
};

test.each([
  ['zero', 0],
  ['seven', 7],
  ['nineteen', 19],
  ['forty two', 42],
  ['a hundred', 100],
  ['two hundred five', 205],
  ['nine hundred and ninety nine', 999],
  ['twenty one point five', 21.5],
  ['two and a half', 2.5],
  ['minus five', -5],
  ['negative twelve point three', -12.3],
  ['five hundred hundred', undefined],
  ['twenty ten', undefined],
])('reads the number "%s" as %p', (text, value) => {
  expect(said('number')(text)).toBe(value);
});

test('knows a name for each number from 0 to 999', () => {
  const units =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(
      ' ',
    );
  units.push('sixteen', 'seventeen', 'eighteen', 'nineteen');
  const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
  const below100 = (n: number): string =>
    n < 20 ? `${units[n]}` : `${tens[Math.floor(n / 10) - 2]}${n % 10 === 0 ? '' : ` ${units[n % 10]}`}`;
  const hear = said('number');
  for (let n = 0; n < 1000; n++) {
    const rest = n % 100 === 0 ? '' : ` ${below100(n % 100)}`;
    expect(hear(n < 100 ? below100(n) : `${units[Math.floor(n / 100)]} hundred${rest}`)).toBe(n);
  }
});

test.each([
  ['fifty percent', 50],
  ['fifty', 50],
  ['a hundred percent', 100],
  ['one hundred', 100],
  ['half', 50],
  ['maximum', 100],
  ['a quarter', 25],
  ['three quarters', 75],
  ['two thirds', 67],
  ['two hundred percent', undefined],
])('reads the share "%s" as %p percent', (text, value) => {
  expect(said('percent')(text)).toBe(value);
});

test.each([
  ['ten minutes', 600],
  ['ninety seconds', 90],
  ['one hour and thirty minutes', 5400],
  ['an hour and a half', 5400],
  ['half an hour', 1800],
  ['two and a half hours', 9000],
  ['a minute and a half', 90],
  ['a quarter of an hour', 900],
  ['three quarters of an hour', 2700],
  ['two hours five minutes and ten seconds', 7510],
  ['one hour ten seconds', 3610],
  ['a hundred and twenty minutes', 7200],
  ['a couple of minutes', 120],
  ['one hour and ten minutes', 4200],
  ['half hour', 1800],
  ['two hours and a half', 9000],
  ['ten and a half minutes', 630],
  ['one hour thirty', 5400],
  ['an hour and a minute', 3660],
  ['an hour and three quarters', 6300],
  ['one and a quarter hours', 4500],
  ['two minutes thirty', 150],
  ['quarter of an hour', 900],
  ['minutes', undefined],
])('reads the duration "%s" as %p seconds', (text, value) => {
  expect(said('duration')(text)).toBe(value);
});

test.each([
  ['first', 1],
  ['twelfth', 12],
  ['twentieth', 20],
  ['thirty first', 31],
])('reads the ordinal "%s" as %p', (text, value) => {
  expect(said('ordinal')(text)).toBe(value);
});

test.each([
  ['seven', '~07:00'],
  ["seven o'clock in the evening", '19:00'],
  ['half past seven pm', '19:30'],
  ['seven thirty am', '07:30'],
  ['seven oh five', '~07:05'],
  ['quarter to nine in the morning', '08:45'],
  ['ten minutes past twelve pm', '12:10'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  ['twelve at night', '00:00'],
  ['half past twelve at night', '00:30'],
  ['one at night', '01:00'],
  ['four at night', '04:00'],
  ['ten at night', '22:00'],
  ['nineteen thirty', '19:30'],
  ['thirteen', '13:00'],
  ['twenty fifteen', '20:15'],
  ['twenty two oh five', '22:05'],
  ['half seven', '~07:30'],
  ['a quarter of eight', '~07:45'],
  ['ten till nine in the evening', '20:50'],
  ['twenty two fifteen', '22:15'],
  ['twenty to ten', '~09:40'],
  ['six thirty morning', '06:30'],
  ['twelve noon', '12:00'],
  ['twenty four', undefined],
])('reads the time "%s" as %p', (text, value) => {
  expect(said('time')(text)).toBe(value);
});

test.each([
  ['five minute', 300],
  ['ninety second', 90],
  ['half hour', 1800],
  ['hour and a half', 5400],
  ['five minutes', 300],
  ['five', undefined],
])('reads the length "%s" as %p seconds', (text, value) => {
  expect(said('length')(text)).toBe(value);
});

test.each([
  ['today', 'today'],
  ['tomorrow', 'tomorrow'],
  ['on monday', 'monday'],
  ['every weekday', 'weekdays'],
  ['on weekdays', 'weekdays'],
  ['every day', 'every day'],
  ['at the weekend', 'weekends'],
  ['yesterday', undefined],
])('reads the day "%s" as %p', (text, value) => {
  expect(said('day')(text)).toBe(value);
});

test.each([
  ['at seven tomorrow morning', { time: '07:00', day: 'tomorrow' }],
  ['at seven this evening', { time: '19:00', day: 'today' }],
  ['at twelve tonight', { time: '00:00', day: 'today' }],
  ['at twenty to ten tonight', { time: '21:40', day: 'today' }],
  ['at seven am on friday', { time: '07:00', day: 'friday' }],
  ['at seven tomorrow', { time: '~07:00', day: 'tomorrow' }],
])('knows which half of the day is meant by "%s"', (text, slots) => {
  const spoken = graphOf('wake: at {time} [{day}]');
  expect(understand(spoken, text)?.slots).toEqual(slots);
});
