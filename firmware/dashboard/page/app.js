import { Updates } from '/updates.js';
import { WORDS } from '/words.js';

const DAY_SECONDS = 86400;
const ASK_EVERY_MS = 1000;
const page = document.getElementById('page');
const top = document.getElementById('top');
const said = document.getElementById('said');
const question = document.getElementById('question');

let state;
let record;
let live;
const updates = new Updates({ make, ask, replace });

/** An element: `make('p', { class: 'hint' }, 'text', child)`. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

async function ask(method, path, body) {
  const headers = { 'x-earshot-csrf': state?.csrf ?? '' };
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.json();
  return { ok: response.ok, status: response.status, ...answer };
}

function say(text) {
  said.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    said.textContent = '';
  }, 5000);
}

async function change(path, body, done) {
  const { ok } = await ask('POST', path, body).catch(() => ({ ok: false }));
  say(ok ? done : WORDS.refused);
  return ok;
}

/** Asks before what cannot be undone. */
function confirmed(text, yes) {
  return new Promise((resolve) => {
    const close = (answer) => () => {
      question.close();
      resolve(answer);
    };
    question.replaceChildren(
      make('p', { id: 'question-text' }, text),
      make(
        'div',
        { class: 'buttons' },
        make('button', { type: 'button', class: 'danger', onclick: close(true) }, yes),
        make('button', { type: 'button', autofocus: true, onclick: close(false) }, WORDS.no),
      ),
    );
    question.setAttribute('aria-labelledby', 'question-text');
    question.oncancel = () => resolve(false);
    question.showModal();
  });
}

/* ---- pairing ---- */

function showPairing(hint) {
  top.replaceChildren(make('h1', null, WORDS.name));
  const place = make('div', { class: 'ask', 'aria-live': 'polite' }, hint ?? '');
  const button = make('button', { type: 'button', class: 'main', onclick: begin }, WORDS.pairAsk);
  async function begin() {
    const asked = await ask('POST', '/api/pair');
    if (!asked.ok) return place.replaceChildren(make('p', null, WORDS.pairAnother));
    button.hidden = true;
    const left = make('p', null, WORDS.pairWait(asked.seconds));
    place.replaceChildren(make('p', { class: 'moves' }, WORDS.pairMove(asked.moves)), left);
    wait(left, Date.now() + asked.seconds * 1000);
  }
  async function wait(left, endMs) {
    const { state: pairing } = await ask('GET', '/api/pair').catch(() => ({ state: 'asking' }));
    if (pairing === 'letIn') {
      say(WORDS.paired);
      return start();
    }
    if (pairing === 'notAsking') return showPairing(WORDS.pairOver);
    left.textContent = WORDS.pairWait(Math.max(0, Math.ceil((endMs - Date.now()) / 1000)));
    setTimeout(() => wait(left, endMs), ASK_EVERY_MS);
  }
  page.replaceChildren(
    make(
      'section',
      { class: 'card pair' },
      make('h2', null, WORDS.pairTitle),
      make('p', null, WORDS.pairWhy),
      button,
      place,
    ),
  );
}

/* ---- the page ---- */

function showTop() {
  const { muted, isOffline, isSafeMode } = state;
  top.replaceChildren(
    make('h1', null, WORDS.name),
    make(
      'div',
      { class: muted ? 'ear muted' : 'ear', id: 'ear' },
      make('span', { class: 'ring', 'aria-hidden': 'true' }),
      make(
        'div',
        null,
        make('strong', null, muted ? WORDS.muted : WORDS.listening),
        make('p', null, muted ? WORDS.mutedMore : WORDS.listeningMore),
        make('p', { class: 'link' }, isOffline ? WORDS.offline : WORDS.online),
        isSafeMode ? make('p', { class: 'warning' }, WORDS.safeMode) : undefined,
      ),
    ),
  );
}

function dayOf({ unixSeconds, livedSeconds }) {
  if (unixSeconds === undefined) {
    const days = Math.floor((record.now.livedSeconds - livedSeconds) / DAY_SECONDS);
    return days === 0 ? WORDS.lastDay : WORDS.daysOn(days);
  }
  const day = new Date(unixSeconds * 1000).toDateString();
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day === today.toDateString()) return WORDS.today;
  if (day === yesterday.toDateString()) return WORDS.yesterday;
  const format = { weekday: 'long', day: 'numeric', month: 'long' };
  return new Date(unixSeconds * 1000).toLocaleDateString(document.documentElement.lang, format);
}

function timeOf({ unixSeconds, livedSeconds }) {
  return unixSeconds === undefined
    ? WORDS.ago(record.now.livedSeconds - livedSeconds)
    : new Date(unixSeconds * 1000).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
}

function row(entry) {
  const text = WORDS.entry[entry.type]?.(entry) ?? entry.type;
  const erase = async () => {
    if (await change('/api/erase', { what: 'entry', index: entry.index }, WORDS.deleted)) page.focus();
  };
  return make(
    'li',
    { class: entry.type },
    make('span', { class: 'time' }, timeOf(entry)),
    make('span', { class: 'text' }, text),
    entry.type === 'erased'
      ? undefined
      : make(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': WORDS.deleteThis(text), onclick: erase },
          WORDS.deleteOne,
        ),
  );
}

function showHeard() {
  const section = make('section', { class: 'card', id: 'heard' }, make('h2', null, WORDS.heardTitle));
  if (!record) section.append(make('p', null, WORDS.noRecord));
  else {
    const { entries, entryCount, hasEarlier, altered } = record;
    const whole = altered.length === 0;
    section.append(
      make(
        'p',
        { class: whole ? 'hint' : 'warning', id: 'whole' },
        whole ? WORDS.whole(entryCount) : WORDS.altered(altered),
      ),
    );
    if (entries.length === 0) section.append(make('p', null, WORDS.heardNothing));
    let day;
    let rows;
    for (const entry of [...entries].reverse()) {
      if (dayOf(entry) !== day) {
        day = dayOf(entry);
        rows = make('ul', { class: 'entries' });
        section.append(make('h3', null, day), rows);
      }
      rows.append(row(entry));
    }
    if (hasEarlier)
      section.append(make('button', { type: 'button', id: 'earlier', onclick: loadEarlier }, WORDS.earlier));
  }
  replace(section);
}

function showKeeping() {
  const eraseAll = (what, sure) => async () => {
    if (await confirmed(sure, WORDS.yes)) await change('/api/erase', { what }, WORDS.deleted);
  };
  replace(
    make(
      'section',
      { class: 'card', id: 'keeping' },
      make('h2', null, WORDS.keepTitle),
      make('p', { class: 'hint' }, WORDS.keepMore),
      control(
        state.settings.find(({ name }) => name === 'retention'),
        true,
      ),
      control(state.settings.find(({ name }) => name === 'recordDetails')),
      make(
        'div',
        { class: 'buttons' },
        make(
          'button',
          { type: 'button', class: 'danger', onclick: eraseAll('today', WORDS.sureToday) },
          WORDS.deleteToday,
        ),
        make(
          'button',
          { type: 'button', class: 'danger', onclick: eraseAll('everything', WORDS.sureAll) },
          WORDS.deleteAll,
        ),
        make('a', { class: 'button', href: '/api/export', download: true }, WORDS.export),
      ),
      make('p', { class: 'hint' }, WORDS.exportMore),
    ),
  );
}

/** What sets a setting, as the table of settings says what it takes. */
function control(setting, isList = false) {
  const { name, type, value } = setting;
  const label = WORDS.settings[name] ?? setting.help;
  const id = `set-${name}`;
  const save = (next) => change('/api/settings', { name, value: next }, WORDS.saved);
  const named = (choice) => WORDS.choices[name]?.[choice] ?? choice;
  if (type === 'onOff')
    return make(
      'label',
      { class: 'check' },
      make('input', {
        type: 'checkbox',
        id,
        checked: value === 'on',
        onchange: ({ target }) => save(target.checked ? 'on' : 'off'),
      }),
      make('span', null, label),
    );
  if (type === 'choice' && isList)
    return make(
      'fieldset',
      { id },
      make('legend', null, label),
      ...setting.choices.map((choice) =>
        make(
          'label',
          { class: 'check' },
          make('input', {
            type: 'radio',
            name,
            value: choice,
            checked: choice === value,
            onchange: () => save(choice),
          }),
          make('span', null, named(choice)),
        ),
      ),
    );
  if (type === 'choice')
    return make(
      'div',
      { class: 'field' },
      make('label', { for: id }, label),
      make(
        'select',
        { id, onchange: ({ target }) => save(target.value) },
        ...setting.choices.map((choice) =>
          make('option', { value: choice, selected: choice === value }, named(choice)),
        ),
      ),
    );
  if (type === 'zone')
    return make(
      'div',
      { class: 'field' },
      make('label', { for: id }, label),
      make('input', {
        type: 'text',
        id,
        value,
        spellcheck: 'false',
        autocomplete: 'off',
        onchange: ({ target }) => save(target.value.trim()),
      }),
      make('p', { class: 'hint' }, WORDS.zoneHint),
    );
  const { least: min, most: max, unit } = setting;
  const amount = (number) => WORDS.amount(number, unit);
  const shown = make('output', { for: id }, amount(value));
  const slide = make('input', {
    type: 'range',
    id,
    min,
    max,
    step: unit === 'percent' ? 5 : 1,
    value,
    oninput: () => {
      shown.textContent = amount(slide.value);
    },
    onchange: () => save(slide.value),
  });
  return make('div', { class: 'field' }, make('label', { for: id }, label), slide, shown);
}

function showSettings() {
  const others = state.settings.filter(({ name }) => name !== 'retention' && name !== 'recordDetails');
  replace(
    make(
      'section',
      { class: 'card', id: 'settings' },
      make('h2', null, WORDS.settingsTitle),
      ...others.map((setting) => control(setting)),
    ),
  );
}

function showMisses() {
  const { nearMissCount, nearMisses } = state;
  const section = make(
    'section',
    { class: 'card', id: 'misses' },
    make('h2', null, WORDS.missTitle),
    make('p', { class: 'hint' }, nearMissCount > 0 ? WORDS.missSome(nearMissCount) : WORDS.missNone),
  );
  if (nearMisses.length > 0)
    section.append(
      make(
        'ul',
        { class: 'plain' },
        ...[...nearMisses].reverse().map((miss) => make('li', null, WORDS.miss(miss))),
      ),
    );
  replace(section);
}

function showBrowsers() {
  const leave = async () => {
    if (!(await confirmed(WORDS.sureLeave, WORDS.yesLeave))) return;
    await change('/api/leave', {}, '');
    live?.close();
    showPairing();
  };
  replace(
    make(
      'section',
      { class: 'card', id: 'browsers' },
      make('h2', null, WORDS.browsersTitle),
      make('p', { class: 'hint' }, WORDS.browsers(state.browsers)),
      make('div', { class: 'buttons' }, make('button', { type: 'button', onclick: leave }, WORDS.leave)),
    ),
  );
}

/** Puts a section in the place of the one before; where somebody is about to use it, that stays. */
function replace(section) {
  const old = document.getElementById(section.id);
  if (!old) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  old.replaceWith(section);
  if (focused) document.getElementById(focused)?.focus();
}

function showAll() {
  const place = (id) => make('section', { id });
  page.replaceChildren(
    make(
      'div',
      { class: 'columns' },
      make('div', null, place('heard')),
      make('div', null, ...['keeping', 'settings', 'misses', 'updates', 'browsers'].map(place)),
    ),
  );
  showTop();
  showHeard();
  showKeeping();
  showSettings();
  showMisses();
  updates.show();
  showBrowsers();
}

/** The newest entries; with `keepsEarlier` also those before them that are shown. */
async function loadRecord(keepsEarlier = false) {
  const answer = await ask('GET', '/api/record');
  const before = record;
  record = answer.ok ? answer : undefined;
  if (!keepsEarlier || !record || !before) return;
  const first = record.entries[0]?.index ?? 0;
  const earlier = before.entries.filter(({ index }) => index < first);
  if (earlier.length === 0) return;
  record.entries = [...earlier, ...record.entries];
  record.hasEarlier = before.hasEarlier;
}

async function loadEarlier() {
  const answer = await ask('GET', `/api/record?before=${record.entries[0].index}`);
  if (!answer.ok) return say(WORDS.lost);
  record.entries = [...answer.entries, ...record.entries];
  record.hasEarlier = answer.hasEarlier;
  showHeard();
  (document.getElementById('earlier') ?? page).focus();
}

function listen() {
  live?.close();
  live = new EventSource('/api/live');
  live.addEventListener('entry', async () => {
    await loadRecord(true);
    showHeard();
  });
  live.addEventListener('erased', async () => {
    await loadRecord();
    showHeard();
  });
  live.addEventListener('update', ({ data }) => updates.show(JSON.parse(data)));
  live.addEventListener('state', ({ data }) => {
    const before = state;
    state = { ...state, ...JSON.parse(data) };
    showTop();
    showMisses();
    if (JSON.stringify(before.settings) !== JSON.stringify(state.settings)) {
      showKeeping();
      showSettings();
    }
  });
  let wasLost = false;
  live.addEventListener('error', () => {
    wasLost = true;
    say(WORDS.lost);
  });
  // it may have been switched off, or updated
  live.addEventListener('open', () => {
    if (wasLost) start().catch(() => say(WORDS.lost));
  });
}

async function start() {
  const answer = await ask('GET', '/api/state');
  if (answer.status === 401) return showPairing();
  state = answer;
  await Promise.all([loadRecord(), updates.load()]);
  showAll();
  listen();
}

document.title = WORDS.name;
start().catch(() => say(WORDS.lost));
