import { readFileSync } from 'node:fs';
import { Mind } from './worlds';

const GRAMMAR = readFileSync('models/home/home.grammar', 'utf8');
const INTENTS = [...new Set([...GRAMMAR.matchAll(/^(\w+): /gm)].map(([, name]) => name as string))].filter(
  (name) => name !== 'never' && name !== 'say',
);

/** Slots with which an intent makes sense. */
const SLOTS = { duration: 60, level: 40, time: '06:30', device: 'light', room: 'kitchen' };
/** What puts an end to something, also where there was nothing. */
const TOLD_BY_SOUND_ALONE = new Set(['neverMind', 'no']);

test('the grammar has the intents that this test is about', () => {
  expect(INTENTS.length).toBeGreaterThanOrEqual(66);
});

describe.each(INTENTS)('%s', (intent) => {
  it('goes to the home or has an answer, which says why where there is nothing to do', () => {
    const mind = Mind.awake().ask(1000, intent, SLOTS);
    const [performed, answers] = [mind.asked('perform'), mind.asked('answer')];
    if (TOLD_BY_SOUND_ALONE.has(intent)) expect(mind.state.phase).toBe('idle');
    else expect(performed.length + answers.length).toBe(1);
    if (mind.state.phase === 'error') expect(answers).toHaveLength(1);
  });

  it('says that there is no home where it needs one', () => {
    const mind = Mind.awake().take({ type: 'linkChanged', atMs: 0, up: false }).ask(1000, intent, SLOTS);
    expect(mind.asked('perform')).toEqual([]);
    if (!TOLD_BY_SOUND_ALONE.has(intent)) expect(mind.asked('answer')).toHaveLength(1);
  });

  it('never waits for a home that does not answer', () => {
    const mind = Mind.awake().ask(1000, intent, SLOTS).wait(20_000).wait(30_000).wait(40_000);
    expect(mind.state.phase).toBe('idle');
    if (mind.asked('perform').length > 0)
      expect(mind.asked('answer')).toMatchObject([{ says: 'homeSilent' }]);
  });
});

describe('what was heard', () => {
  const heard = () => Mind.awake().ask(1000, 'volumeUp').ask(4000, 'setTimer', { duration: 60 });
  const last = (mind: Mind) => mind.asked('answer').at(-1);

  it('is told, the question itself left out', () => {
    expect(last(heard().ask(8000, 'whatHeard').ask(12_000, 'whatHeard'))).toMatchObject({
      says: 'heard',
      values: { words: 'setTimer', count: 2 },
    });
  });

  it('is forgotten one by one or all at once', () => {
    const mind = heard().ask(8000, 'forgetLast');
    expect(mind.state.heard.map(({ words }) => words)).toEqual(['volumeUp']);
    mind.ask(12_000, 'volumeUp').ask(16_000, 'forgetToday');
    expect(mind.state).toMatchObject({ heard: [], nearMisses: [], nearMissCount: 0 });
    expect(last(mind)).toMatchObject({ says: 'forgotten', values: { what: 'today' } });
    expect(mind.asked('erase').map(({ what }) => what)).toEqual(['last', 'today']);
    expect(last(mind.ask(24_000, 'whatHeard'))?.says).toBe('nothingHeard');
  });

  it('is no more than the latest eight commands', () => {
    const mind = Mind.awake();
    for (let i = 0; i < 20; i += 1) mind.ask(1000 + 4000 * i, 'whatVolume');
    expect(mind.state.heard).toHaveLength(8);
  });
});

describe('a home that answers', () => {
  const asked = () => Mind.awake().ask(1000, 'isOn', { device: 'light', room: 'kitchen' });

  it('is heard', () => {
    const answer = { says: 'homeState', values: { state: 'on' } } as const;
    const mind = asked().take({ type: 'actionDone', atMs: 2100, id: 1, ok: true, answer });
    expect(mind.asked('answer')).toMatchObject([answer]);
    expect(mind.state.phase).toBe('replying');
  });

  it('says why it did not do it', () => {
    const answer = { says: 'notMapped', values: {} } as const;
    const mind = asked().take({ type: 'actionDone', atMs: 2100, id: 1, ok: false, answer });
    expect(mind.asked('answer')).toMatchObject([{ says: 'notMapped' }]);
    expect(mind.state.phase).toBe('error');
    expect(asked().take({ type: 'actionDone', atMs: 2100, id: 1, ok: false }).asked('answer')).toMatchObject([
      { says: 'homeFailed' },
    ]);
  });
});
