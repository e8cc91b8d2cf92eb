import fc from 'fast-check';
import { ACTION_MS } from '../../../firmware/core/state';
import { Topics } from '../../../firmware/home/topics';
import { HomeBench } from './bench';

const KITCHEN = { device: 'light', room: 'kitchen' };

describe('a wish', () => {
  it('is done when the light says so', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.pass(300);
    expect(bench.direct).toEqual(['z/kitchen/set ON']);
    expect(bench.ended).toEqual([]);
    bench.say('z/kitchen', '{"state":"ON","brightness":254}');
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
    expect(bench.home.isAsked).toBe(false);
  });

  it('is not done when only the broker has it', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.pass(ACTION_MS);
    expect(bench.ended).toEqual([{ id: 1, ok: false, says: 'homeSilent', values: {} }]);
  });

  it('has failed when the light says otherwise', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.say('z/kitchen', '{"state":"OFF"}').pass(ACTION_MS);
    expect(bench.ended).toEqual([{ id: 1, ok: false, says: 'homeFailed', values: {} }]);
  });

  it('is not done by what a light said before', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.say('z/kitchen', '{"state":"ON"}', { isRetained: true });
    expect(bench.ended).toEqual([]);
  });

  it('is done soon when the light was as wanted and does not repeat itself', () => {
    const bench = new HomeBench().say('z/kitchen', '{"state":"ON"}', { isRetained: true });
    bench.ask('turnOn', KITCHEN);
    bench.pass(1_400);
    expect(bench.ended).toEqual([]);
    bench.pass(200);
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
  });

  it('about two rooms is done when both say so', () => {
    const bench = new HomeBench();
    bench.ask('turnOff', { device: 'light', room: ['kitchen', 'hall'] });
    bench.say('z/hall', 'OFF');
    expect(bench.ended).toEqual([]);
    bench.say('z/kitchen', '{"state":"OFF"}');
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
    expect(bench.direct).toEqual(['z/kitchen/set OFF', 'z/hall/set OFF']);
  });

  it('to toggle is done when the light says how it is now', () => {
    const bench = new HomeBench();
    bench.ask('toggle', KITCHEN);
    bench.say('z/kitchen', '{"state":"OFF"}');
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
  });

  it('of which nobody says anything is done when the broker has it', () => {
    const bench = new HomeBench();
    bench.ask('setBrightness', { ...KITCHEN, level: 40 });
    bench.pass(20);
    expect(bench.direct).toEqual(['z/kitchen/set {"brightness":40}']);
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
  });

  it('that no map is for may be done by an automation, which says so', () => {
    const bench = new HomeBench();
    bench.ask('setScene', { scene: 'movie' });
    bench.say('earshot/1/answer', '{"ok":true}');
    expect(bench.ended).toEqual([{ id: 1, ok: true }]);
    bench.ask('whatTemperature', { room: 'kitchen' });
    bench.say('earshot/1/answer', '{"ok":true,"state":"21 degrees"}');
    expect(bench.ended[1]).toEqual({ id: 2, ok: true, says: 'homeState', values: { state: '21 degrees' } });
  });

  it('that nobody knows is said to be unknown', () => {
    const bench = new HomeBench();
    bench.ask('setScene', { scene: 'movie' });
    bench.say('earshot/1/answer', '{"ok":true}', { isRetained: true }); // to another question, long ago
    bench.pass(ACTION_MS);
    expect(bench.ended).toEqual([{ id: 1, ok: false, says: 'notMapped', values: {} }]);
  });

  it('fails at once without a connection, and when it breaks', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.broker.hangUp();
    bench.pass(10);
    bench.ask('turnOn', KITCHEN);
    expect(bench.ended.map(({ says }) => says)).toEqual(['homeSilent', 'noHome']);
  });

  it('that is followed by another is not waited for any more', () => {
    const bench = new HomeBench();
    bench.ask('turnOn', KITCHEN);
    bench.ask('lock');
    bench.say('z/kitchen', '{"state":"ON"}').say('door', 'LOCKED').pass(ACTION_MS);
    expect(bench.ended).toEqual([{ id: 2, ok: true }]);
  });
});

describe('a question', () => {
  it('is answered by what the light said last', () => {
    const bench = new HomeBench().say('z/kitchen', '{"state":"ON"}', { isRetained: true });
    bench.ask('isOn', KITCHEN);
    expect(bench.ended).toEqual([
      { id: 1, ok: true, says: 'homeState', values: { ...KITCHEN, state: 'on' } },
    ]);
    expect(bench.direct).toEqual([]);
  });

  it('about a door is answered in words for doors', () => {
    const bench = new HomeBench().say('door', 'UNLOCKED');
    bench.ask('isLocked');
    expect(bench.ended[0]?.values).toEqual({ state: 'unlocked' });
  });

  it('about all lights counts them', () => {
    const bench = new HomeBench().say('z/kitchen', '{"state":"ON"}').say('z/hall', 'ON');
    bench.ask('whichOn', { device: 'light' });
    expect(bench.ended[0]?.values).toEqual({ count: 2, which: 'kitchen light, hall light' });
  });

  it('has no answer while nobody knows, or not any more', () => {
    const bench = new HomeBench();
    bench.ask('isOn', KITCHEN);
    bench.say('z/kitchen', '{"state":"ON"}');
    bench.broker.hangUp();
    bench.pass(5_000);
    bench.ask('isOn', KITCHEN);
    expect(bench.ended.map(({ says }) => says)).toEqual(['stateUnknown', 'stateUnknown']);
  });
});

describe('what a home is told', () => {
  it('is who the speaker is, that it is there, and how it is', () => {
    const { broker } = new HomeBench();
    const [configuration, availability] = broker.sent;
    expect(configuration).toMatchObject({ topic: 'homeassistant/device/earshot_1/config', isRetained: true });
    expect(availability).toEqual({ topic: 'earshot/1/availability', text: 'online', isRetained: true });
    const { cmps } = JSON.parse(configuration?.text ?? '') as {
      cmps: Record<string, { stat_t: string; cmd_t?: string }>;
    };
    const stated = broker.sent.filter(({ isRetained }) => isRetained).map(({ topic }) => topic);
    for (const [name, { stat_t, cmd_t }] of Object.entries(cmps)) {
      if (!['wake', 'command', 'lastIntent'].includes(name)) expect(stated).toContain(stat_t);
      if (cmd_t !== undefined) expect(broker.subscribed).toContain(cmd_t.replace(/[^/]+$/, '+'));
    }
  });

  it('is told anew when Home Assistant has started', () => {
    const bench = new HomeBench();
    const first = bench.broker.sent.length;
    bench.say('homeassistant/status', 'offline').say('homeassistant/status', 'online');
    expect(bench.broker.sent.slice(first)).toEqual(bench.broker.sent.slice(0, first));
  });

  it('is what woke it and what it understood', () => {
    const bench = new HomeBench();
    bench.home.note({ atMs: 5, type: 'wakeWordHeard', sample: 1, word: 'jarvis', confidence: 1 });
    bench.ask('setTimer', { duration: 60 });
    expect(JSON.parse(bench.last('wake') ?? '')).toEqual({ event_type: 'wakeWord', word: 'jarvis' });
    expect(JSON.parse(bench.last('command') ?? '')).toEqual({
      event_type: 'command',
      intent: 'setTimer',
      slots: { duration: 60 },
    });
    expect(bench.last('state/lastIntent')).toBe('setTimer');
    expect(bench.told.filter(({ type }) => type === 'messageSent')).toHaveLength(2);
  });

  it('is not what somebody wants forgotten', () => {
    const bench = new HomeBench();
    const before = bench.broker.sent.length;
    for (const intent of ['forgetLast', 'forgetToday', 'whatHeard'])
      bench.home.note({ atMs: 5, type: 'commandHeard', intent, slots: {}, words: '', confidence: 1 });
    expect(bench.broker.sent).toHaveLength(before);
  });

  it('is what was asked about and answered with yes, and not the yes', () => {
    const bench = new HomeBench();
    const [words, confidence] = ['', 1];
    bench.home.note({ atMs: 5, type: 'commandHeard', intent: 'yes', slots: {}, words, confidence });
    bench.home.note({ atMs: 5, type: 'perform', id: 1, intent: 'unlock', slots: {} });
    const commands = bench.broker.sent.filter(({ topic }) => topic === 'earshot/1/command');
    expect(commands.map(({ text }) => JSON.parse(text).intent)).toEqual(['unlock']);
  });

  it('is that the speaker has gone, when it goes', () => {
    const bench = new HomeBench();
    bench.home.close();
    expect(bench.last('availability')).toBe('offline');
    expect(bench.broker.goodbyes).toBe(1);
  });
});

describe('a setting', () => {
  it('that is changed at home is changed here, and told', () => {
    const bench = new HomeBench().say('earshot/1/set/volume', '30').say('earshot/1/set/softMute', 'on');
    expect(bench.state).toMatchObject({ volumePercent: 30, softMute: true, asksForMute: true });
    expect([bench.last('state/volume'), bench.last('state/softMute')]).toEqual(['30', 'on']);
  });

  it('that is changed here is told there', () => {
    const bench = new HomeBench();
    bench.state = { ...bench.state, volumePercent: 80 };
    bench.home.note({ atMs: 5, type: 'volumeChanged', percent: 80 });
    expect(bench.last('state/volume')).toBe('80');
  });

  it.each([
    ['volume', '101'],
    ['volume', 'loud'],
    ['sensitivity', 'x'.repeat(100_000)],
    ['retention', 'untilFull'], // is for those who stand before it
    ['recordDetails', 'on'],
    ['muteSwitch', 'off'], // is a switch
    ['nothing', 'on'],
    ['constructor', 'on'],
  ])('is not changed by %s: %#', (name, text) => {
    const bench = new HomeBench();
    const before = bench.state;
    bench.say(`earshot/1/set/${name}`, text);
    expect(bench.state).toBe(before);
  });

  it('is not changed by an order that stayed behind', () => {
    const bench = new HomeBench().say('earshot/1/set/volume', '100', { isRetained: true });
    expect(bench.state.volumePercent).toBe(50);
  });

  it('is changed only so often: the flash wears', () => {
    const bench = new HomeBench();
    const before = bench.state.snoozeMinutes;
    for (let i = 0; i < 29; i += 1) bench.say('earshot/1/set/listeningCue', i % 2 ? 'on' : 'off');
    bench.say('earshot/1/set/snooze', '20');
    expect(bench.state.snoozeMinutes).toBe(20);
    bench.say('earshot/1/set/snooze', '30');
    expect(bench.state.snoozeMinutes).toBe(20);
    expect(bench.last('state/snooze')).toBe('20'); // who asked sees that it is not so
    bench.pass(60_000).say('earshot/1/set/snooze', '30');
    expect(bench.state.snoozeMinutes).toBe(30);
    expect(before).toBe(9);
  });
});

describe('a speaker on the network', () => {
  it.each(['', 'two words', 'a/b', 'x'.repeat(33)])('is not named %j', (id) => {
    expect(() => new Topics(id)).toThrow('1 to 32 letters, digits, - and _ would be right');
  });

  /** Whatever is asked, said and broken, in any order: each wish but the last ends, and so does that in the end. */
  it('never sticks, whatever happens: 2,000 dialogues', () => {
    const intents = [
      'turnOn',
      'turnOff',
      'toggle',
      'isOn',
      'whichOn',
      'lock',
      'setBrightness',
      'setScene',
      'stop',
    ];
    const step = fc.oneof(
      fc.record({
        do: fc.constant('ask' as const),
        intent: fc.constantFrom(...intents),
        room: fc.constantFrom('kitchen', 'hall', 'attic'),
        level: fc.integer({ min: -1, max: 101 }),
      }),
      fc.record({
        do: fc.constant('say' as const),
        topic: fc.constantFrom(
          'z/kitchen',
          'z/hall',
          'door',
          'earshot/1/answer',
          'earshot/1/set/volume',
          'homeassistant/status',
        ),
        text: fc.oneof(
          fc.constantFrom('ON', 'OFF', '{"state":"ON"}', 'LOCKED', '{"ok":true}', '7', 'online'),
          fc.string(),
          fc.json(),
        ),
        isRetained: fc.boolean(),
      }),
      fc.record({
        do: fc.constant('break' as const),
        how: fc.constantFrom('hangUp', 'silent', 'refusing', 'gone', 'rubbish', 'deaf', 'well'),
      }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 9_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const bench = new HomeBench();
        const { broker } = bench;
        let asked = 0;
        for (const each of steps) {
          if (each.do === 'ask')
            asked = bench.ask(each.intent, { device: 'light', room: each.room, level: each.level });
          if (each.do === 'say') bench.say(each.topic, each.text, each);
          if (each.do === 'pass') bench.pass(each.ms, 100);
          if (each.do !== 'break') continue;
          broker.acknowledges = each.how !== 'silent';
          broker.answersPings = each.how !== 'silent';
          broker.greeting = each.how === 'refusing' ? 5 : 0;
          broker.isThere = each.how !== 'gone';
          broker.takes = each.how !== 'deaf';
          if (each.how === 'rubbish') broker.raw(Uint8Array.of(0xff, 0xff));
          if (['hangUp', 'refusing', 'gone'].includes(each.how)) broker.hangUp();
        }
        bench.pass(ACTION_MS, 100);
        expect(bench.home.isAsked).toBe(false);
        const ids = bench.ended.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        if (asked > 0) expect(ids).toContain(asked);
        Object.assign(broker, {
          acknowledges: true,
          answersPings: true,
          greeting: 0,
          isThere: true,
          takes: true,
        });
        bench.pass(130_000, 1_000);
        expect(bench.home.isConnected).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
