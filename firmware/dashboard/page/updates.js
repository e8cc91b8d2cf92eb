import { WORDS } from '/words.js';

/** More than the two lines that an update begins with. */
const HEAD_BYTES = 8192;
/** A sector of flash. */
const PIECE_BYTES = 4096;
const TRY_AGAIN_MS = 500;

/** The section about updates. `tools`: `make`, `ask` and `replace` of the page. */
export class Updates {
  constructor(tools) {
    this.tools = tools;
    this.view = { isPossible: false };
    this.file = undefined; // what was chosen, with where its parts begin
    this.problem = undefined;
    this.shown = undefined;
  }

  async load() {
    const { ok, ...view } = await this.tools.ask('GET', '/api/update');
    if (ok) this.view = view;
  }

  show(view = this.view) {
    this.view = view;
    const { make, replace } = this.tools;
    const shown = JSON.stringify([view, this.problem]);
    const isThere = document.getElementById('updates')?.hasChildNodes();
    if (isThere && shown === this.shown) return; // nobody's finger is on a button that goes away
    this.shown = shown;
    const { isPossible, installed, last } = view;
    const section = make('section', { class: 'card', id: 'updates' }, make('h2', null, WORDS.updateTitle));
    if (!isPossible) section.append(make('p', { class: 'hint' }, WORDS.updateImpossible));
    else {
      const version = installed ? WORDS.updateInstalled(installed.version) : WORDS.updateNone;
      section.append(make('p', { class: 'hint' }, version));
      if (last?.failure) section.append(make('p', { class: 'warning' }, WORDS.updateFailed(last)));
      if (this.problem) section.append(make('p', { class: 'warning' }, this.problem));
      section.append(...this.#step());
    }
    replace(section);
  }

  #step() {
    const { make } = this.tools;
    const { status } = this.view;
    if (status.phase === 'offered') return this.#offered(status.offer);
    if (status.phase === 'receiving') {
      const { received, of } = status;
      const share = Math.floor((100 * received) / of);
      return [
        make('label', { for: 'update-share' }, WORDS.updateWriting(share)),
        make('progress', { id: 'update-share', max: of, value: received }),
        this.#button(WORDS.updateStop, () => this.#tell('cancel')),
      ];
    }
    if (status.phase !== 'none') return [make('p', null, WORDS.updateTrying(status.release.version))];
    const choose = make('input', {
      type: 'file',
      id: 'update-file',
      onchange: ({ target }) => this.#choose(target.files[0]),
    });
    return [
      make('div', { class: 'field' }, make('label', { for: 'update-file' }, WORDS.updateChoose), choose),
    ];
  }

  #offered({ version, changes, serial }) {
    const { make } = this.tools;
    return [
      make('h3', null, WORDS.updateOffered(version)),
      make('ul', { class: 'plain' }, ...changes.map((change) => make('li', null, change))),
      make('p', { class: 'hint' }, WORDS.updateSafe),
      make(
        'div',
        { class: 'buttons' },
        this.#button(WORDS.updateInstall, () => this.#install(serial), 'main'),
        this.#button(WORDS.updateNot, () => this.#tell('cancel')),
      ),
    ];
  }

  #button(text, onclick, className) {
    return this.tools.make('button', { type: 'button', class: className, onclick }, text);
  }

  async #choose(file) {
    if (!file) return;
    const [line, signature] = (await file.slice(0, HEAD_BYTES).text()).split('\n');
    const lines = `${line}\n${signature ?? ''}`;
    this.file = { parts: file.slice(new TextEncoder().encode(lines).length + 1) };
    await this.#tell('offer', lines);
  }

  async #install(serial) {
    if (!this.file) return this.#tell('cancel'); // offered to another page, which has the file
    if (!(await this.#tell('install', { serial }))) return;
    const { parts } = this.file;
    for (let offset = 0; offset < parts.size; offset += PIECE_BYTES) {
      const piece = new Uint8Array(await parts.slice(offset, offset + PIECE_BYTES).arrayBuffer());
      const bytes = btoa(String.fromCharCode(...piece));
      if (!(await this.#tell('piece', { offset, bytes }))) return;
    }
  }

  /** Returns whether the speaker took it. */
  async #tell(what, body) {
    for (;;) {
      const answer = await this.tools
        .ask('POST', `/api/update/${what}`, body)
        .catch(() => ({ ok: false, problem: 'lost' }));
      if (answer.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
        continue;
      }
      const { ok, problem, detail, ...view } = answer;
      this.problem = ok ? undefined : (WORDS.updateProblems[problem]?.(detail) ?? WORDS.refused);
      if (!ok) await this.load().catch(() => undefined);
      this.show(ok ? view : this.view);
      return ok;
    }
  }
}
