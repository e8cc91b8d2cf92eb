/// <reference types="webassembly-js-api" />
import type { SpokenGraph } from '../../grammar/build-graph';
import { compileGrammar, openGrammar } from '../../grammar/compile';
import type { ImportResolver } from '../../grammar/grammar';
import { tooLarge } from '../../grammar/limits';
import { GrammarError, type Problem } from '../../grammar/problem';
import { understandText, wordsOfText } from '../../grammar/understand-text';
import type { GrammarFiles, GrammarReport, Meaning } from './messages';

type Dictionary = Readonly<Record<string, string>>;

/** A grammar that somebody writes, and what it makes of text. */
export class Tries {
  #spoken: SpokenGraph | undefined;

  /** Reads it; the graph is there when it is sound and wanted. */
  read(
    files: GrammarFiles,
    dictionary: Dictionary,
    wantsGraph: boolean,
  ): { readonly report: Omit<GrammarReport, 'isTaken'>; readonly graph?: Uint8Array } {
    const [name = 'home.grammar'] = Object.keys(files);
    const source = { file: name, text: files[name] ?? '' };
    const imports: ImportResolver = (path) => {
      const text = files[path];
      return text === undefined ? undefined : { file: path, text };
    };
    try {
      this.#spoken = openGrammar(source, dictionary, imports).spoken;
      if (!wantsGraph) return { report: { problems: [] } };
      const { graph, intents, sentenceWithValuesCount } = compileGrammar(source, dictionary, imports);
      const problem = tooLarge(graph);
      const place = { file: name, line: 1, column: 1 };
      if (problem !== undefined)
        return { report: { problems: [{ severity: 'error', place, message: problem }] } };
      const summary = `${intents.length} intents, ${sentenceWithValuesCount.toLocaleString('en')} sentences`;
      return { report: { problems: [], summary }, graph: graph.file };
    } catch (error) {
      return { report: { problems: problemsIn(error, name) } };
    }
  }

  understand(text: string): Meaning | undefined {
    if (!this.#spoken) return undefined;
    const found = understandText(this.#spoken, text);
    switch (found.kind) {
      case 'command':
        return { kind: 'command', intent: found.command.intent, slots: found.command.slots };
      case 'never':
        return { kind: 'never' };
      case 'stopped': {
        const words = wordsOfText(text);
        const { understood, couldCome } = found.stop;
        const at = words[understood];
        return {
          kind: 'stopped',
          understood: words.slice(0, understood).join(' '),
          ...(at === undefined ? {} : { at }),
          couldCome,
        };
      }
    }
  }
}

function problemsIn(error: unknown, file: string): readonly Problem[] {
  if (error instanceof GrammarError) return error.problems;
  if (error instanceof RangeError)
    return [{ severity: 'error', place: { file, line: 1, column: 1 }, message: error.message }];
  throw error;
}
