import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileGrammar } from '../../../host-sim/grammar/compile';
import { DECODER_ROOM } from '../../../host-sim/grammar/limits';
import { checkTable } from '../../../host-sim/grammar/said';
import { readSaidTable } from '../../../host-sim/grammar/said-table';
import { readDictionary } from './dictionary';
import { besideImporter, graphOf, ROOT, sourceOf, understand } from './hearing';

const dictionary = readDictionary();
const home = sourceOf('models/home/home.grammar');
const spoken = graphOf(home, dictionary, besideImporter);
const compiled = compileGrammar(home, dictionary, besideImporter);
const sharedData = join(ROOT, '..', 'shared', 'data');

test('the home grammar has 300 sentences or more, and leaves room in the decoder for a home’s own', () => {
  const { sentenceCount, graph } = compiled;
  expect(sentenceCount).toBeGreaterThanOrEqual(300);
  expect(graph.nodes / DECODER_ROOM.nodes).toBeLessThan(0.9);
  expect(graph.states / DECODER_ROOM.states).toBeLessThan(0.9);
});

test('no two home commands sound alike, and no word of them is guessed', () => {
  expect(compiled.soundAlikes).toEqual([]);
  expect(compiled.guessedWords).toEqual([]);
});

test.each<[string, string, object]>([
  ['set a timer for ten minutes', 'setTimer', { duration: 600 }],
  ['set a pasta timer for an hour and a half', 'setTimer', { name: 'pasta', duration: 5400 }],
  ['five minute timer', 'setTimer', { duration: 300 }],
  ['cancel the timer', 'cancelTimer', {}],
  ['cancel the ten minute timer', 'cancelTimer', { duration: 600 }],
  ['cancel all timers', 'cancelAllTimers', {}],
  ['how much time is left', 'timerLeft', {}],
  ['stop', 'stop', {}],
  ['never mind', 'neverMind', {}],
  ['pause the music', 'pause', {}],
  ['resume', 'resume', {}],
  ['next song', 'next', {}],
  ['previous track', 'previous', {}],
  ['set the volume to thirty percent', 'setVolume', { level: 30 }],
  ['mute the sound', 'setVolume', { level: 0 }],
  ['turn it up', 'volumeUp', {}],
  ['quieter', 'volumeDown', {}],
  ['what time is it', 'whatTime', {}],
  ['turn on the kitchen lights', 'turnOn', { room: 'kitchen', device: 'light' }],
  ['turn the lounge lights on please', 'turnOn', { room: 'living room', device: 'light' }],
  ['could you please switch on the fan', 'turnOn', { device: 'fan' }],
  ['lights off', 'turnOff', { device: 'light' }],
  [
    'dim the bedroom lights to twenty percent',
    'setBrightness',
    { room: 'bedroom', device: 'light', level: 20 },
  ],
  ['set the office brightness to fifty', 'setBrightness', { room: 'office', device: 'light', level: 50 }],
  [
    'make the kitchen light warm white',
    'setColor',
    { room: 'kitchen', device: 'light', color: 'warm white' },
  ],
  ['good night', 'setScene', { scene: 'night' }],
  ['set the temperature to twenty one degrees', 'setTemperature', { degrees: 21 }],
  ['open the curtains', 'open', { cover: 'curtains' }],
  ['play some jazz', 'play', { music: 'jazz' }],
  ['wake me up at half past seven in the morning', 'setAlarm', { time: '07:30' }],
  ['add milk to the shopping list', 'addToList', { item: 'milk' }],
  ['what can i say', 'help', {}],
])('at home "%s" means %s %p', (text, intent, slots) => {
  expect(understand(spoken, text)).toEqual({ intent, slots, words: text });
});

test('what people say at home means what it should, or nothing', () => {
  const file = 'tests/fixtures/home-said.tsv';
  const table = readSaidTable(file, readFileSync(join(ROOT, file), 'utf8'));
  expect(table.length).toBeGreaterThanOrEqual(150);
  expect(checkTable(spoken, table).differences).toEqual([]);
});

const sharedTest = existsSync(sharedData) ? test : test.skip;
if (!existsSync(sharedData))
  console.warn('skipped: the recorded commands are tested where ../shared/data is');

sharedTest('the grammar of the recorded home commands covers every one of them', () => {
  const recorded = graphOf(sourceOf('tests/fixtures/home-commands.grammar'), dictionary);
  const folder = join(sharedData, 'home-commands');
  const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  expect(texts.length).toBeGreaterThan(0);
  for (const name of texts) {
    const text = readFileSync(join(folder, name), 'utf8')
      .trim()
      .replace(/\bwhats\b/, "what's");
    expect([text, understand(recorded, text)?.words]).toEqual([text, text]);
  }
});

sharedTest('the YAML grammar of the coffee orders compiles and covers a long order', () => {
  const file = join(sharedData, 'coffee-orders', 'grammar.yaml');
  const coffee = graphOf({ file, text: readFileSync(file, 'utf8') }, dictionary);
  const text =
    "i'd like a large dark roast double shot iced mocha with a little bit of soy milk and some brown sugar";
  expect(understand(coffee, text)?.slots).toEqual({
    size: 'large',
    roast: 'dark roast',
    numberOfShots: 'double shot',
    coffeeDrink: 'iced mocha',
    milkAmount: 'a little bit of soy milk',
    sugarAmount: 'some brown sugar',
  });
});
