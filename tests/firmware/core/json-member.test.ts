import fc from 'fast-check';
import { jsonMember } from '../../../firmware/core/json-member';

/** What JSON.parse would have said. */
function parsed(text: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    const member = (value as Record<string, unknown>)[name];
    return typeof member === 'object' ? undefined : String(member);
  } catch {
    return undefined;
  }
}

describe('a member of JSON', () => {
  it.each([
    '{"state":"ON"}',
    ' { "a" : [1,{"state":"OFF"}] , "state" : 12.50 } ',
    '{"state":true}',
    '{"state":null}',
    '{"state":"a\\"b}"}',
    '{"x":"\\\\","state":"ON"}',
    '{"state":"OFF","state":"ON"}',
    '{"state":{"state":"ON"}}',
    '{"states":"ON"}',
    '{}',
    '[{"state":"ON"}]',
    '{"state":"ON"',
    '{"state":"ON"} x',
    '{"state":ON}',
    '"state"',
    '{',
    '{"state',
    '',
  ])('of %s is what JSON.parse would say', (text) => {
    expect(jsonMember(text, 'state')).toBe(parsed(text, 'state'));
  });

  it('is what JSON.parse would say, whatever the object', () => {
    const names = fc.constantFrom('state', 'a', 'b"', 'st\\ate');
    const objects = fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    fc.assert(
      fc.property(objects, fc.boolean(), (object, isSpaced) => {
        const text = JSON.stringify(object, undefined, isSpaced ? 2 : 0);
        const value = parsed(text, 'state');
        if (value === undefined || JSON.stringify(value).length < 200)
          expect(jsonMember(text, 'state')).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('ends whatever the text is, and never throws', () => {
    const parts = fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'state', ' ', '1');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (text) => {
        expect(['undefined', 'string']).toContain(typeof jsonMember(text.join(''), 'state'));
      }),
      { numRuns: 2_000 },
    );
  });
});
