import type { GrammarFiles, GrammarReport, Meaning } from '../worker/messages';
import { make } from './elements';
import { spaced, valueText } from './wording';

const QUIET_MS = 350;
const MOST_SHOWN = 12;

export interface TryWishes {
  readonly read: (files: GrammarFiles, takes: boolean) => void;
  readonly understand: (text: string) => void;
}

/** A grammar to edit, a sentence to try it with. */
export class TryWords {
  readonly #wishes: TryWishes;
  readonly #text = make('textarea', {
    id: 'grammar',
    rows: 16,
    spellcheck: 'false',
    'aria-describedby': 'problems',
  });
  readonly #file = make('select', { id: 'grammar-file' });
  readonly #problems = make('div', { id: 'problems', role: 'status' });
  readonly #said = make('input', {
    type: 'text',
    id: 'sentence',
    autocomplete: 'off',
    placeholder: 'turn on the kitchen light',
  });
  readonly #meaning = make('div', { id: 'meaning', role: 'status' });
  readonly #files: Record<string, string>;
  #shown: string;
  #timer = 0;
  #isRead = false;

  constructor(place: HTMLElement, files: GrammarFiles, wishes: TryWishes) {
    this.#files = { ...files };
    this.#wishes = wishes;
    this.#shown = Object.keys(files)[0] ?? '';
    this.#file.append(...Object.keys(files).map((name) => make('option', {}, name)));
    this.#text.value = this.#files[this.#shown] ?? '';
    this.#file.addEventListener('change', () => this.#open(this.#file.value));
    this.#text.addEventListener('input', () => this.#later());
    this.#said.addEventListener('input', () => this.#ask());
    this.#said.addEventListener('focus', () => this.#readOnce());
    place.append(
      make(
        'div',
        { class: 'field' },
        make('label', { for: 'sentence' }, 'A sentence, without the wake word'),
        this.#said,
      ),
      this.#meaning,
      make(
        'details',
        { ontoggle: () => this.#readOnce() },
        make('summary', {}, 'The sentences that it understands'),
        make(
          'p',
          { class: 'hint' },
          'Edit them; what is wrong is said by line. Then let the speaker hear with them.',
        ),
        make('div', { class: 'field' }, make('label', { for: 'grammar-file' }, 'File'), this.#file),
        make('label', { for: 'grammar', class: 'unseen' }, 'The grammar'),
        this.#text,
        this.#problems,
        make(
          'div',
          { class: 'buttons' },
          make(
            'button',
            { type: 'button', onclick: () => this.#wishes.read(this.#files, true) },
            'Hear with these sentences',
          ),
        ),
      ),
    );
  }

  showReport({ problems, summary, isTaken }: GrammarReport): void {
    const list = problems.map(({ place, message }) =>
      make(
        'li',
        {},
        make(
          'button',
          { type: 'button', class: 'quiet', onclick: () => this.#goTo(place.file, place.line, place.column) },
          `${place.file}, line ${place.line}`,
        ),
        ` ${message}`,
      ),
    );
    const taken = isTaken
      ? `The speaker hears with these sentences now: ${summary}.`
      : 'Nothing is wrong with it.';
    this.#problems.replaceChildren(
      list.length > 0 ? make('ul', { class: 'problems' }, ...list) : make('p', { class: 'fine' }, taken),
    );
    if (list.length === 0) this.#ask();
  }

  showMeaning(meaning: Meaning): void {
    this.#meaning.replaceChildren(...meaningInWords(meaning));
  }

  #open(name: string): void {
    this.#shown = name;
    this.#file.value = name;
    this.#text.value = this.#files[name] ?? '';
  }

  #goTo(file: string, line: number, column: number): void {
    if (file !== this.#shown && file in this.#files) this.#open(file);
    const before = this.#text.value.split('\n').slice(0, line - 1);
    const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    this.#text.focus();
    this.#text.setSelectionRange(at, at + 1);
    this.#text.scrollTop = (this.#text.scrollHeight / this.#text.value.split('\n').length) * (line - 4);
  }

  #readOnce(): void {
    if (this.#isRead) return;
    this.#isRead = true;
    this.#meaning.replaceChildren(make('p', { class: 'hint' }, 'Reading the sentences that it understands…'));
    this.#wishes.read(this.#files, false);
  }

  #later(): void {
    this.#files[this.#shown] = this.#text.value;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#wishes.read(this.#files, false), QUIET_MS);
  }

  #ask(): void {
    if (this.#said.value.trim() === '') this.#meaning.replaceChildren();
    else this.#wishes.understand(this.#said.value);
  }
}

function meaningInWords(meaning: Meaning): readonly Node[] {
  switch (meaning.kind) {
    case 'command':
      return [
        make(
          'p',
          { class: 'fine' },
          make('strong', {}, spaced(meaning.intent)),
          ...Object.entries(meaning.slots).map(([name, value]) =>
            make('span', { class: 'slot' }, `${spaced(name)}: ${valueText(value)}`),
          ),
        ),
      ];
    case 'never':
      return [make('p', {}, 'The grammar names this as not meant: nothing is done.')];
    case 'stopped': {
      const { understood, at, couldCome } = meaning;
      const more = couldCome.length > MOST_SHOWN ? ` and ${couldCome.length - MOST_SHOWN} more` : '';
      const where =
        understood === ''
          ? 'Nothing begins so.'
          : `Understood “${understood}”, then stopped at ${at === undefined ? 'the end' : `“${at}”`}.`;
      return [
        make('p', {}, where),
        make(
          'p',
          { class: 'hint' },
          `There could come: ${couldCome.slice(0, MOST_SHOWN).join(', ')}${more}.`,
        ),
      ];
    }
  }
}
