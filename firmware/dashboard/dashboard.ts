import type { ToErase } from '../core/ports';
import { SETTING_FIELDS, SETTINGS, type Settings, settingOf } from '../core/settings';
import type { Entry } from '../record/entry';
import { exportText } from '../record/export';
import { isOurHost, isOurOrigin } from './host';
import { fieldsOf, json, type Request, type Response, refusal, STRICT_HEADERS, text } from './http';
import { Pairing } from './pairing';
import type { DashboardPorts } from './ports';
import { RateLimit } from './rate-limit';
import { cookieOf, NO_COOKIE, Sessions, tokenIn } from './sessions';
import { UpdateDesk } from './update-desk';
import { entryView, recordView, stateView } from './views';

const STRANGERS_AT_ONCE = 30;
const STRANGERS_A_SECOND = 3;
const FRIENDS_AT_ONCE = 100;
const FRIENDS_A_SECOND = 50;
const ASKS_AT_ONCE = 5;
const ASKS_A_SECOND = 1 / 60;
const MOST_LISTENERS = 6;

type Handler = (request: Request, token: string) => Response;

/** The speaker's pages: answers requests over the record, the settings and the state. It knows neither a network nor an ear.
 * Whatever tells or changes something is for browsers that are paired. */
export class Dashboard {
  readonly #ports: DashboardPorts;
  readonly #sessions: Sessions;
  readonly #pairing = new Pairing();
  readonly #updates: UpdateDesk;
  readonly #strangers = new RateLimit(STRANGERS_AT_ONCE, STRANGERS_A_SECOND);
  readonly #friends = new RateLimit(FRIENDS_AT_ONCE, FRIENDS_A_SECOND);
  readonly #asks = new RateLimit(ASKS_AT_ONCE, ASKS_A_SECOND);
  readonly #listeners = new Set<(text: string) => void>();
  readonly #routes: Readonly<Record<string, Handler>> = {
    'GET /api/state': (_, token) => this.#state(token),
    'GET /api/record': ({ query }) => this.#record(query),
    'GET /api/export': () => this.#export(),
    'GET /api/live': () => this.#live(),
    'POST /api/settings': ({ body }) => this.#set(body),
    'POST /api/erase': ({ body }) => this.#erase(body),
    'POST /api/leave': () => this.#leave(),
    'GET /api/update': () => json(this.#updates.view()),
    'POST /api/update/offer': ({ body }) => this.#updates.offer(body),
    'POST /api/update/install': ({ body }) => this.#updates.install(body),
    'POST /api/update/piece': ({ body }) => this.#updates.receive(body),
    'POST /api/update/cancel': () => this.#updates.cancel(),
  };

  constructor(ports: DashboardPorts) {
    this.#ports = ports;
    this.#sessions = new Sessions(ports.seal, ports.store);
    this.#updates = new UpdateDesk(ports.updater ?? (() => undefined));
  }

  handle(request: Request): Response {
    const { method, path } = request;
    const host = request.header('host');
    if (!isOurHost(host, this.#ports.hostNames)) return refusal(421, 'host');
    const token = tokenIn(request.header('cookie'));
    const isFriend = this.#sessions.has(token);
    if (!(isFriend ? this.#friends : this.#strangers).admits(this.#nowMs)) return refusal(429, 'tooMany');
    if (!isOurOrigin(request.header('origin'), host)) return refusal(403, 'origin');
    if (path === '/api/pair') return this.#pair(method, token, isFriend);
    const handler = this.#routes[`${method} ${path}`];
    if (!handler) return this.#page(method, path);
    if (token === undefined || !isFriend) return refusal(401, 'notPaired');
    const isGuarded = method === 'GET' || request.header('x-earshot-csrf') === this.#sessions.csrfOf(token);
    return isGuarded ? handler(request, token) : refusal(403, 'csrf');
  }

  /** The mute switch was moved. */
  switched(muted: boolean): void {
    this.#pairing.switched(muted, this.#nowMs);
  }

  tellState(): void {
    if (this.#listeners.size > 0) this.#tell('state', stateView(this.#ports.state()));
  }

  tellRecorded(index: number, entry: Entry): void {
    if (this.#listeners.size > 0) this.#tell('entry', entryView(index, entry));
  }

  tellErased(): void {
    this.#tell('erased', {});
  }

  tellUpdate(): void {
    if (this.#listeners.size > 0) this.#tell('update', this.#updates.view());
  }

  get #nowMs(): number {
    return this.#ports.clock.nowMs;
  }

  #tell(event: string, value: object): void {
    for (const send of this.#listeners) send(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  #page(method: string, path: string): Response {
    if (method !== 'GET') return refusal(405, 'method');
    const file = this.#ports.file(path === '/' ? 'index.html' : path.slice(1));
    return file ? text(200, file.type, file.text) : refusal(404, 'notFound');
  }

  /** Asking begins with POST; GET tells how it stands, and lets in. */
  #pair(method: string, token: string | undefined, isFriend: boolean): Response {
    if (isFriend) return json({ state: 'letIn' });
    if (method === 'POST') return this.#ask();
    const state = token === undefined ? 'notAsking' : this.#pairing.state(token, this.#nowMs);
    if (state !== 'letIn') return json({ state });
    const session = this.#sessions.newToken();
    this.#sessions.add(session);
    this.#ports.desk()?.add({ type: 'paired' });
    return json({ state }, { 'set-cookie': cookieOf(session) });
  }

  #ask(): Response {
    if (!this.#asks.admits(this.#nowMs)) return refusal(429, 'tooMany');
    const token = this.#sessions.newToken();
    const asked = this.#pairing.ask(token, this.#ports.seal.random(1)[0] ?? 0, this.#nowMs);
    return asked ? json(asked, { 'set-cookie': cookieOf(token) }) : refusal(409, 'anotherAsks');
  }

  #state(token: string): Response {
    const csrf = this.#sessions.csrfOf(token);
    return json({ csrf, browsers: this.#sessions.count, ...stateView(this.#ports.state()) });
  }

  /** The newest entries; with `before=INDEX` those before one. */
  #record(query = ''): Response {
    const desk = this.#ports.desk();
    if (!desk) return refusal(503, 'noRecord');
    if (query === '') return json(recordView(desk));
    const [, before] = /^before=(\d{1,9})$/.exec(query) ?? [];
    return before === undefined ? refusal(400, 'before') : json(recordView(desk, Number(before)));
  }

  /** That it was exported is its last entry. */
  #export(): Response {
    const desk = this.#ports.desk();
    if (!desk) return refusal(503, 'noRecord');
    desk.add({ type: 'exported' });
    const { record } = desk;
    const headers = { 'content-disposition': 'attachment; filename="earshot-record.json"' };
    return text(200, 'application/json', exportText(record.items(), record.head), headers);
  }

  #live(): Response {
    if (this.#listeners.size >= MOST_LISTENERS) return refusal(503, 'tooMany');
    return {
      status: 200,
      headers: { ...STRICT_HEADERS, 'content-type': 'text/event-stream' },
      body: 'retry: 2000\n\n',
      live: (send) => {
        this.#listeners.add(send);
        return () => this.#listeners.delete(send);
      },
    };
  }

  #set(body: string): Response {
    const { name, value } = fieldsOf(body);
    const field = SETTING_FIELDS.find((known) => SETTINGS[known].name === name);
    const taken = field && typeof value === 'string' ? settingOf(SETTINGS[field], value) : undefined;
    if (!field || taken === undefined) return refusal(400, 'setting');
    this.#ports.change({ [field]: taken } as Partial<Settings>);
    return json({});
  }

  #erase(body: string): Response {
    const desk = this.#ports.desk();
    if (!desk) return refusal(503, 'noRecord');
    const { what, index } = fieldsOf(body);
    if (what === 'today' || what === 'everything') desk.erase(what satisfies ToErase);
    else if (what === 'entry' && isIndexOf(index, desk.record)) desk.eraseEntry(index);
    else return refusal(400, 'erase');
    return json({});
  }

  /** All browsers have to pair again. */
  #leave(): Response {
    this.#sessions.endAll();
    return json({}, { 'set-cookie': NO_COOKIE });
  }
}

function isIndexOf(
  index: unknown,
  { firstIndex, head }: { readonly firstIndex: number; readonly head: { readonly index: number } },
): index is number {
  return typeof index === 'number' && Number.isInteger(index) && index >= firstIndex && index < head.index;
}
