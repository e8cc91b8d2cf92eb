import { BUILT_IN_TYPES, builtInType } from './built-in-types';
import { canBeEmpty, type Expression, mark, opened, sequence } from './expression';
import { didYouMean, errorAt, type Place } from './problem';

export interface GrammarSource {
  /** As it shall stand in messages. */
  readonly file: string;
  readonly text: string;
}

/** Finds what `import` names, or undefined when there is no such file. */
export type ImportResolver = (path: string, importer: string) => GrammarSource | undefined;

/** The intent of sentences that are not meant, so that they are not taken for others. */
export const NEVER = 'never';

export interface Sentence {
  readonly intent: string;
  /** `@name=value` marks: slots that the sentence fills without their being said. */
  readonly constants: readonly string[];
  readonly said: Expression;
  /** Whatever follows belongs to it. */
  readonly isOpen: boolean;
  readonly place: Place;
}

/** A grammar as it is read: sentences with lists and parts in place, and what people say around every sentence. */
export class Grammar {
  readonly sentences: Sentence[] = [];
  /** Intents that want more certainty than others. */
  readonly careful = new Set<string>();
  readonly pronunciations = new Map<string, string[][]>();
  before: Expression | undefined;
  after: Expression | undefined;
  private readonly lists = new Map<string, Expression>();
  private readonly parts = new Map<string, Expression>();
  private readonly slots = new Map<string, Expression>();

  get hasDefinitions(): boolean {
    return this.lists.size + this.parts.size > 0;
  }

  addList(name: string, items: Expression, place: Place): void {
    if (builtInType(name) !== undefined)
      throw errorAt(place, `'${name}' is a built-in type: give the list another name.`);
    if (this.lists.has(name))
      throw errorAt(place, `there is a list '${name}' already: put all items in one.`);
    if (canBeEmpty(items))
      throw errorAt(place, `list '${name}' has an item that can be said by saying nothing.`);
    this.lists.set(name, items);
  }

  addPart(name: string, said: Expression, place: Place): void {
    if (this.parts.has(name))
      throw errorAt(place, `there is a part '${name}' already: give this one another name.`);
    this.parts.set(name, said);
  }

  addPronunciation(text: string, phones: string[]): void {
    this.pronunciations.set(text, [...(this.pronunciations.get(text) ?? []), phones]);
  }

  slot(name: string, type: string, place: Place): Expression {
    const key = `${name}:${type}`;
    const known = this.slots.get(key);
    if (known !== undefined) return known;
    const values = this.lists.get(type) ?? builtInType(type);
    if (values === undefined) {
      const hint = didYouMean(type, [...this.lists.keys(), ...BUILT_IN_TYPES]);
      throw errorAt(
        place,
        `there is no list '${type}' above this line.${hint} Write "list ${type} = one thing | another", or use a type: ${BUILT_IN_TYPES.join(', ')}.`,
      );
    }
    const slot: Expression = { kind: 'slot', name, body: sequence([opened(values, `{${name}`), mark('}')]) };
    this.slots.set(key, slot);
    return slot;
  }

  part(name: string, place: Place): Expression {
    const part = this.parts.get(name);
    if (part !== undefined) return part;
    throw errorAt(
      place,
      `there is no part '${name}' above this line.${didYouMean(name, this.parts.keys())} Write "part ${name} = words".`,
    );
  }
}
