import { messagesFor } from '../../firmware/core/home-map';
import { nearestOf } from '../../firmware/core/nearest';
import { Problem } from '../cli/problem';
import type { Expression } from '../grammar/expression';
import { openGrammarFile } from '../grammar/files';
import type { Grammar } from '../grammar/grammar';
import { understandText } from '../grammar/understand-text';
import { readHomeFile } from '../packages/home-file';

/** Returns the exit code. @throws Problem */
export function check(mapFile: string, grammarFile: string): number {
  const { actions, states } = readHomeFile(mapFile);
  const slots = slotsByIntent(openGrammarFile(grammarFile).grammar);
  const everySlot = new Set([...slots.values()].flatMap((names) => [...names]));
  for (const [index, { for: intent, when = {}, topic, send }] of actions.entries()) {
    const where = `${mapFile}.actions[${index}]`;
    const known = slots.get(intent);
    if (!known)
      throw new Problem(
        `${where}.for: ${grammarFile} has no intent '${intent}'${hint(intent, slots.keys())}`,
      );
    const used = [`${topic} ${send}`].flatMap((text) => [...text.matchAll(/\{(\w+)(?::\d+-\d+)?\}/g)]);
    for (const name of [...Object.keys(when), ...used.map(([, slot]) => slot ?? '')])
      if (!known.has(name))
        throw new Problem(`${where}: ${intent} has no slot '${name}'${hint(name, known)}`);
  }
  for (const [index, { about }] of states.entries())
    for (const name of Object.keys(about))
      if (!everySlot.has(name))
        throw new Problem(
          `${mapFile}.states[${index}].about: no intent has a slot '${name}'${hint(name, everySlot)}`,
        );
  console.log(`${mapFile}: ${actions.length} actions, ${states.length} states`);
  return 0;
}

/** Returns the exit code: 1 when something has no message. @throws Problem */
export function said(mapFile: string, grammarFile: string, texts: readonly string[]): number {
  const map = readHomeFile(mapFile);
  const { spoken } = openGrammarFile(grammarFile);
  let missing = 0;
  for (const text of texts) {
    const understood = understandText(spoken, text);
    const command = understood.kind === 'command' ? understood.command : undefined;
    const messages = command && messagesFor(map, command.intent, command.slots);
    if (!messages) {
      missing += 1;
      console.error(
        command
          ? `earshot: “${text}” is ${command.intent}, for which ${mapFile} has nothing that fits`
          : `earshot: “${text}” is no command of ${grammarFile}`,
      );
    }
    for (const message of messages ?? []) console.log(`${message.topic} ${message.text}`);
  }
  return missing > 0 ? 1 : 0;
}

function hint(name: string, known: Iterable<string>): string {
  const names = [...known];
  const nearest = nearestOf(name, names);
  return nearest === undefined ? `: there is ${names.join(', ')}` : `: did you mean ${nearest}?`;
}

function slotsByIntent({ sentences }: Grammar): ReadonlyMap<string, ReadonlySet<string>> {
  const slots = new Map<string, Set<string>>();
  for (const { intent, said: expression, constants } of sentences) {
    const names = slots.get(intent) ?? new Set<string>();
    for (const constant of constants) names.add(constant.slice(1, constant.indexOf('=')));
    addSlots(expression, names);
    slots.set(intent, names);
  }
  return slots;
}

function addSlots(expression: Expression, names: Set<string>): void {
  if (expression.kind === 'slot') names.add(expression.name);
  const inner =
    expression.kind === 'sequence'
      ? expression.items
      : expression.kind === 'choice'
        ? expression.options
        : [];
  for (const each of inner) addSlots(each, names);
}
