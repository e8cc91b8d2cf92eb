import { frozen } from '../core/frozen';
import { type HomeMap, type StateRule, stateIn, stateRulesFor, stateRulesWith } from '../core/home-map';
import type { SlotValue } from '../core/ports';

type OnOff = 'on' | 'off';
type Slots = Readonly<Record<string, SlotValue>>;

/** What is asked, and how on and off are called then. */
const QUESTIONS: Readonly<Record<string, { readonly on: string; readonly off: string }>> = frozen({
  isOn: { on: 'on', off: 'off' },
  isOpen: { on: 'open', off: 'closed' },
  isLocked: { on: 'locked', off: 'unlocked' },
});
/** What is asked about all that there is. */
const COUNTS: readonly string[] = frozen(['whichOn', 'whichOpen']);
/** How things are when what was wanted is done. A light that was toggled has to say something, whatever it is. */
const WANTED: Readonly<Record<string, OnOff | 'any'>> = frozen({
  turnOn: 'on',
  turnOff: 'off',
  toggle: 'any',
  open: 'on',
  close: 'off',
  lock: 'on',
  unlock: 'off',
});

/** How a question is answered. */
export type Reply =
  | { readonly isKnown: true; readonly values: Readonly<Record<string, string | number>> }
  | { readonly isKnown: false };

/** What is still to be heard before a wish is fulfilled. */
export interface Confirmation {
  readonly rules: readonly StateRule[];
  readonly wanted: OnOff | 'any';
}

/** What the things of a home have said of themselves, by the owner's map. */
export class House {
  readonly #map: HomeMap;
  readonly #states = new Map<StateRule, OnOff>();

  constructor(map: HomeMap) {
    this.#map = map;
  }

  /** Where things say how they are; each once. */
  get topics(): readonly string[] {
    return [...new Set(this.#map.states.map(({ topic }) => topic))];
  }

  /** Nobody knows any more: the connection was away. */
  forget(): void {
    this.#states.clear();
  }

  /** Takes what somebody said. Returns whose state it was. */
  hear(topic: string, text: string): readonly StateRule[] {
    return this.#map.states.filter((rule) => {
      const state = rule.topic === topic ? stateIn(rule, text) : undefined;
      if (state !== undefined) this.#states.set(rule, state);
      return state !== undefined;
    });
  }

  stateOf(rule: StateRule): OnOff | undefined {
    return this.#states.get(rule);
  }

  /** Undefined when an intent asks nothing, or about what no rule is for. */
  replyTo(intent: string, slots: Slots): Reply | undefined {
    const words = QUESTIONS[intent];
    if (words) return this.#replyAbout(words, slots);
    return COUNTS.includes(intent) ? this.#count(slots) : undefined;
  }

  #replyAbout(words: { readonly on: string; readonly off: string }, slots: Slots): Reply | undefined {
    const rules = stateRulesFor(this.#map, slots);
    if (!rules) return undefined;
    const states = rules.map((rule) => this.#states.get(rule));
    const [first] = states;
    if (first === undefined || states.includes(undefined)) return { isKnown: false };
    const isMixed = states.some((state) => state !== first);
    return { isKnown: true, values: { ...plain(slots), state: isMixed ? 'mixed' : words[first] } };
  }

  #count(slots: Slots): Reply | undefined {
    const rules = stateRulesWith(this.#map, slots);
    if (rules.length === 0) return undefined;
    if (rules.some((rule) => !this.#states.has(rule))) return { isKnown: false };
    const on = rules.filter((rule) => this.#states.get(rule) === 'on');
    const which = on.map(({ about }) => Object.values(about).reverse().join(' ')).join(', ');
    return { isKnown: true, values: { count: on.length, ...(which === '' ? {} : { which }) } };
  }

  /** Who has to say what before a wish is fulfilled; undefined when nobody would. */
  confirmationOf(intent: string, slots: Slots): Confirmation | undefined {
    const wanted = WANTED[intent];
    const rules = wanted && stateRulesFor(this.#map, slots);
    return wanted && rules ? { wanted, rules } : undefined;
  }
}

/** Lists as texts. */
function plain(slots: Slots): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(slots).map(([name, value]) => [
      name,
      typeof value === 'object' ? value.join(', ') : value,
    ]),
  );
}
