import fc from 'fast-check';
import {
  type HomeMap,
  messagesFor,
  stateIn,
  stateRulesFor,
  stateRulesWith,
} from '../../../firmware/core/home-map';

const KITCHEN = { device: 'light', room: 'kitchen' };
const MAP: HomeMap = {
  actions: [
    { for: 'turnOn', when: KITCHEN, topic: 'kitchen/set', send: 'ON' },
    { for: 'turnOn', when: { device: 'light' }, topic: 'lights/{room}/set', send: 'ON' },
    { for: 'setBrightness', topic: 'lights/{room}/set', send: '{"brightness":{level:0-254},"said":{level}}' },
  ],
  states: [{ about: KITCHEN, topic: 'kitchen', field: 'state', on: 'ON', off: 'OFF' }],
};

describe('what a home is sent', () => {
  it.each([
    ['turnOn', KITCHEN, ['kitchen/set ON']],
    ['turnOn', { device: 'light', room: 'hall' }, ['lights/hall/set ON']],
    ['turnOn', { device: 'light', room: ['kitchen', 'hall'] }, ['kitchen/set ON', 'lights/hall/set ON']],
    ['setBrightness', { room: 'hall', level: 50 }, ['lights/hall/set {"brightness":127,"said":50}']],
  ])('for %s %j is %j', (intent, slots, expected) => {
    expect(messagesFor(MAP, intent, slots)?.map(({ topic, text }) => `${topic} ${text}`)).toEqual(expected);
  });

  it.each([
    ['turnOff', KITCHEN],
    ['turnOn', { device: 'light' }], // which room?
    ['turnOn', { device: ['light', 'kettle'], room: 'kitchen' }], // nothing by half
    ['setBrightness', { room: 'hall', level: 101 }],
    ['setBrightness', { room: 'hall', level: 'half' }],
  ])('for %s %j is nothing', (intent, slots) => {
    expect(messagesFor(MAP, intent, slots)).toBeUndefined();
  });
});

describe('what a home says', () => {
  const [rule] = stateRulesFor(MAP, KITCHEN) ?? [];
  if (!rule) throw new Error('the map has a state of the kitchen');

  it('is found by what is asked about', () => {
    expect(rule.topic).toBe('kitchen');
    expect(stateRulesFor(MAP, { device: 'light', room: 'hall' })).toBeUndefined();
    expect(stateRulesFor(MAP, { device: 'light', room: ['kitchen', 'hall'] })).toBeUndefined();
    expect(stateRulesWith(MAP, { device: 'light' })).toEqual([rule]);
    expect(stateRulesWith(MAP, { room: 'hall' })).toEqual([]);
  });

  it.each([
    ['{"state":"ON","brightness":3}', 'on'],
    ['{"state":"OFF"}', 'off'],
    ['{"state":"UNKNOWN"}', undefined],
    ['{"state":{"state":"ON"}}', undefined],
    ['{"brightness":3}', undefined],
    ['ON', undefined],
    ['', undefined],
    ['null', undefined],
    [`{"state":"ON","rubbish":"${'x'.repeat(5000)}"}`, undefined],
  ])('%.40s is %p', (text, state) => {
    expect(stateIn(rule, text)).toBe(state);
  });

  it('may be plain text', () => {
    const plain = { about: {}, topic: 'relay', on: 'on', off: 'off' };
    expect([' on\n', 'off', 'ON'].map((text) => stateIn(plain, text))).toEqual(['on', 'off', undefined]);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect([undefined, 'on', 'off']).toContain(stateIn(rule, text));
      }),
    );
  });
});
