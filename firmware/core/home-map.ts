import { jsonMember } from './json-member';
import type { SlotValue } from './ports';

/** What is sent to which devices for what was said, and how they say how they are: the owner's own table. Pure. */
export interface HomeMap {
  /** The first that fits counts. */
  readonly actions: readonly ActionRule[];
  readonly states: readonly StateRule[];
}

/** Slots with the values that they must have. */
export type Slots = Readonly<Record<string, string | number>>;

export interface ActionRule {
  readonly for: string;
  /** Undefined for whatever was said. */
  readonly when?: Slots;
  readonly topic: string;
  /** With `{slot}` for a slot's value, and `{slot:least-most}` for a percentage as a whole number of that range. */
  readonly send: string;
}

export interface StateRule {
  readonly about: Slots;
  readonly topic: string;
  /** In a message that is a JSON object, its member; the whole text where there is none. */
  readonly field?: string;
  readonly on: string;
  readonly off: string;
}

export interface Message {
  readonly topic: string;
  readonly text: string;
}

/** No device says how it is in more than this; what is longer is not read. */
const MOST_STATE_CHARACTERS = 4_096;

/** What to send for a command: a message for each of several rooms or things that were said. Undefined when the map has
 * nothing for one of them, so that nothing is done by half. */
export function messagesFor(
  { actions }: HomeMap,
  intent: string,
  slots: Readonly<Record<string, SlotValue>>,
): readonly Message[] | undefined {
  const messages: Message[] = [];
  for (const each of eachOf(slots)) {
    const rule = actions.find((action) => action.for === intent && fits(action.when ?? {}, each));
    const topic = rule && filled(rule.topic, each);
    const text = rule && filled(rule.send, each);
    if (topic === undefined || text === undefined) return undefined;
    messages.push({ topic, text });
  }
  return messages;
}

/** Where what is spoken of says how it is: a rule for each of several rooms or things. Undefined when one of them never says. */
export function stateRulesFor(
  { states }: HomeMap,
  slots: Readonly<Record<string, SlotValue>>,
): readonly StateRule[] | undefined {
  const rules: StateRule[] = [];
  for (const each of eachOf(slots)) {
    const rule = states.find(({ about }) => fits(about, each));
    if (!rule) return undefined;
    rules.push(rule);
  }
  return rules;
}

/** All that have these slots, whatever others they have: every light, or every light of a room. */
export function stateRulesWith(
  { states }: HomeMap,
  slots: Readonly<Record<string, SlotValue>>,
): readonly StateRule[] {
  return states.filter(({ about }) => eachOf(slots).some((each) => fits(each, about)));
}

/** What a message says: undefined when it says neither on nor off. Never throws, whatever the message is. */
export function stateIn({ field, on, off }: StateRule, text: string): 'on' | 'off' | undefined {
  if (text.length > MOST_STATE_CHARACTERS) return undefined;
  const said = field === undefined ? text.trim() : jsonMember(text, field);
  return said === on ? 'on' : said === off ? 'off' : undefined;
}

/** "Kitchen and bedroom" is a command for each. */
function eachOf(slots: Readonly<Record<string, SlotValue>>): readonly Slots[] {
  let all: Slots[] = [{}];
  for (const [name, value] of Object.entries(slots)) {
    const values = typeof value === 'object' ? value : [value];
    all = all.flatMap((before) => values.map((each) => ({ ...before, [name]: each })));
  }
  return all;
}

function fits(wanted: Slots, slots: Slots): boolean {
  return Object.entries(wanted).every(([name, value]) => slots[name] === value);
}

/** Undefined when a slot is missing, or is no percentage where one is wanted. */
function filled(template: string, slots: Slots): string | undefined {
  let isComplete = true;
  const text = template.replace(
    /\{(\w+)(?::(\d+)-(\d+))?\}/g,
    (_whole, name: string, least?: string, most?: string) => {
      const value = slots[name];
      const isRight = least === undefined ? value !== undefined : isPercent(value);
      isComplete &&= isRight;
      if (least === undefined || !isRight) return String(value);
      return String(Math.round(Number(least) + ((Number(most) - Number(least)) * Number(value)) / 100));
    },
  );
  return isComplete ? text : undefined;
}

function isPercent(value: string | number | undefined): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100;
}
