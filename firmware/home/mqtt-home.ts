import type { Agenda } from '../core/agenda';
import type { Answer } from '../core/answers';
import { type HomeMap, messagesFor } from '../core/home-map';
import { isAboutMemory, isAnswer } from '../core/intents';
import type { LogEntry } from '../core/log';
import type { Action, Actions, Done } from '../core/ports';
import { MqttClient } from '../mqtt/client';
import type { Message } from '../mqtt/packets';
import type { OpenSocket } from '../mqtt/socket';
import { readAnswer } from './answer-text';
import { configurationOf } from './discovery';
import { Errand } from './errand';
import { House } from './house';
import type { HomeSpeaker, Identity } from './speaker';
import { changeOf, statesOf } from './states';
import { HOME_ASSISTANT_STATUS, OFFLINE, ONLINE, Topics } from './topics';

export interface MqttHomeOptions {
  readonly agenda: Agenda;
  readonly onDone: Done;
  readonly speaker: HomeSpeaker;
  readonly identity: Identity;
  readonly map: HomeMap;
  readonly open: OpenSocket;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Memory that is free, where somebody knows. */
  readonly memoryBytes?: () => number;
}

/** What was as wanted already need not say so again, if nothing else is heard for so long. */
const TRUSTED_MS = 1_500;
/** Things that say how they are have so long to say that it is done. Before the core gives up on the home (`ACTION_MS`). */
const CONFIRM_MS = 4_000;
/** What no map is for: so long a home may take to say that it does it. */
const UNMAPPED_MS = 2_500;
const SENSORS_EVERY_MS = 60_000;
const MINUTE_MS = 60_000;
/** A hand at a slider makes some ten; more would only wear out the flash. */
const MOST_CHANGES_A_MINUTE = 30;
const LONGEST_VALUE = 64;

/** A home behind a broker: does what the owner's map says, tells Home Assistant of the speaker, and takes settings from there.
 * It is told of everything, waits for nothing, and none of what it is sent can do more than change a setting. */
export class MqttHome implements Actions {
  readonly #options: MqttHomeOptions;
  readonly #topics: Topics;
  readonly #house: House;
  readonly #client: MqttClient;
  /** By topic, what was told last. */
  readonly #told = new Map<string, string>();
  #errand: Errand | undefined;
  /** The action that no map is for, waiting for a home that does it all the same. */
  #unmapped: number | undefined;
  #forgetWaits: (() => void)[] = [];
  #forgetSensors: (() => void) | undefined;
  #lastIntent: string | undefined;
  #overruns = 0;
  /** As it was last told: once a minute. */
  #uptimeSeconds = 0;
  /** Whether the home knows of the command that is carried out. */
  #isCommandTold = false;
  #changes = 0;
  #changesSinceMs = 0;

  constructor(options: MqttHomeOptions) {
    this.#options = options;
    this.#topics = new Topics(options.identity.id);
    this.#house = new House(options.map);
    const { availability, answer } = this.#topics;
    const { open, agenda, user, password } = options;
    this.#client = new MqttClient({
      open,
      agenda,
      user,
      password,
      clientId: `earshot_${options.identity.id}`,
      will: { topic: availability, text: OFFLINE, isRetained: true },
      topics: [HOME_ASSISTANT_STATUS, this.#topics.set('+'), answer, ...this.#house.topics],
      onUp: () => this.#arrive(),
      onDown: (why) => this.#leave(why),
      onDenied: (topics) =>
        this.#tell({
          type: 'homeChanged',
          connected: true,
          why: `it does not let ${topics.join(', ')} be read`,
        }),
      onMessage: (message) => this.#hear(message),
    });
  }

  get isConnected(): boolean {
    return this.#client.isUp;
  }

  /** Whether somebody out there has to answer. */
  get isAsked(): boolean {
    return this.#errand !== undefined || this.#unmapped !== undefined;
  }

  perform({ id, intent, slots }: Action): void {
    const { map, onDone } = this.#options;
    this.#waitNoMore();
    if (!this.#client.isUp) return onDone(id, false, { says: 'noHome', values: {} });
    const reply = this.#house.replyTo(intent, slots);
    if (reply)
      return reply.isKnown
        ? onDone(id, true, { says: 'homeState', values: reply.values })
        : onDone(id, false, { says: 'stateUnknown', values: {} });
    const messages = messagesFor(map, intent, slots);
    if (!messages) return this.#hopeFor(id);
    const errand = new Errand(id, messages.length, this.#house, this.#house.confirmationOf(intent, slots));
    this.#errand = errand;
    this.#after(TRUSTED_MS, () => {
      errand.trustWhatIsKnown();
      if (errand.isDone) this.#finish(errand);
    });
    this.#after(CONFIRM_MS, () => this.#finish(errand));
    for (const message of messages) this.#sendFor(errand, message);
  }

  /** Something was heard, done or changed. */
  note(entry: LogEntry): void {
    switch (entry.type) {
      case 'wakeWordHeard':
        return this.#send({
          topic: this.#topics.wake,
          text: JSON.stringify({ event_type: 'wakeWord', word: entry.word }),
        });
      case 'commandHeard':
        this.#isCommandTold = !isAnswer(entry.intent);
        return this.#isCommandTold ? this.#tellCommand(entry) : undefined;
      case 'perform':
        return this.#isCommandTold ? undefined : this.#tellCommand(entry); // a question's, answered with yes
      case 'audioOverran':
        this.#overruns += 1;
        return this.#tellStates();
      case 'muteChanged':
      case 'settingsChanged':
      case 'volumeChanged':
      case 'nearMiss':
        return this.#tellStates();
    }
  }

  /** Says that the speaker is away, and goes. */
  close(): void {
    this.#forgetSensors?.();
    this.#waitNoMore();
    this.#client.publish({ topic: this.#topics.availability, text: OFFLINE, isRetained: true });
    this.#client.close();
  }

  #arrive(): void {
    this.#tell({ type: 'homeChanged', connected: true });
    this.#announce();
    this.#tellSensorsForever();
  }

  #leave(why: string): void {
    this.#house.forget();
    this.#forgetSensors?.();
    this.#tell({ type: 'homeChanged', connected: false, why });
    const id = this.#errand?.id ?? this.#unmapped;
    this.#waitNoMore();
    if (id !== undefined) this.#options.onDone(id, false, { says: 'homeSilent', values: {} });
  }

  /** Who the speaker is and how it is, all of it, for a home that knows nothing. */
  #announce(): void {
    const { identity, memoryBytes } = this.#options;
    const { configuration, availability } = this.#topics;
    const text = configurationOf(identity, this.#topics, memoryBytes !== undefined);
    this.#client.publish({ topic: configuration, text, isRetained: true });
    this.#client.publish({ topic: availability, text: ONLINE, isRetained: true });
    this.#told.clear();
    this.#readUptime();
    this.#tellStates();
  }

  #hear({ topic, text, isRetained }: Required<Message>): void {
    if (topic === HOME_ASSISTANT_STATUS) {
      if (text === ONLINE && !isRetained) this.#announce();
      return;
    }
    const rules = this.#house.hear(topic, text);
    if (!isRetained && this.#errand) {
      this.#errand.hear(rules); // what is retained was so before
      if (this.#errand.isDone) this.#finish(this.#errand);
    }
    if (isRetained) return; // an order that stayed behind is no order
    if (topic === this.#topics.answer) return this.#hearAnswer(text);
    const setting = this.#topics.settingOf(topic);
    if (setting !== undefined) this.#change(setting, text);
  }

  #change(name: string, text: string): void {
    const change = text.length <= LONGEST_VALUE ? changeOf(name, text) : undefined;
    if (change && this.#mayChange()) this.#options.speaker.change(change);
    this.#told.delete(name); // who asked in vain is to see it
    this.#tellStates();
  }

  #mayChange(): boolean {
    const { nowMs } = this.#options.agenda;
    if (nowMs - this.#changesSinceMs >= MINUTE_MS) {
      this.#changesSinceMs = nowMs;
      this.#changes = 0;
    }
    this.#changes += 1;
    return this.#changes <= MOST_CHANGES_A_MINUTE;
  }

  /** Its event is out: perhaps an automation does it, and says so. */
  #hopeFor(id: number): void {
    this.#unmapped = id;
    this.#after(UNMAPPED_MS, () => this.#settle(id, false, { says: 'notMapped', values: {} }));
  }

  #hearAnswer(text: string): void {
    const id = this.#unmapped;
    const answer = id === undefined ? undefined : readAnswer(text);
    if (id === undefined || !answer) return;
    const { ok, state } = answer;
    this.#settle(id, ok, state === undefined ? undefined : { says: 'homeState', values: { state } });
  }

  #sendFor(errand: Errand, message: Message): void {
    if (this.#errand !== errand) return;
    const isSent = this.#client.publish(message, (ok) => {
      if (!ok || this.#errand !== errand) return;
      errand.acknowledge();
      if (errand.isDone) this.#finish(errand);
    });
    if (isSent) this.#tellSent(message);
    else this.#finish(errand);
  }

  #finish(errand: Errand): void {
    if (this.#errand !== errand) return;
    const { outcome, id } = errand;
    this.#settle(id, outcome === 'done', outcome === 'done' ? undefined : { says: outcome, values: {} });
  }

  #settle(id: number, ok: boolean, answer?: Answer): void {
    this.#waitNoMore();
    this.#options.onDone(id, ok, answer);
  }

  #after(delayMs: number, run: () => void): void {
    this.#forgetWaits.push(this.#options.agenda.after(delayMs, run));
  }

  #waitNoMore(): void {
    this.#errand = undefined;
    this.#unmapped = undefined;
    for (const forget of this.#forgetWaits) forget();
    this.#forgetWaits = [];
  }

  #tellCommand({ intent, slots }: Pick<Action, 'intent' | 'slots'>): void {
    if (isAboutMemory(intent)) return; // who wants something forgotten does not want it told
    this.#lastIntent = intent;
    this.#send({
      topic: this.#topics.command,
      text: JSON.stringify({ event_type: 'command', intent, slots }),
    });
    this.#tellStates();
  }

  #send(message: Message): void {
    if (this.#client.publish(message)) this.#tellSent(message);
  }

  /** What has changed since it was last told. */
  #tellStates(): void {
    const { speaker, memoryBytes } = this.#options;
    const counted = {
      lastIntent: this.#lastIntent,
      overruns: this.#overruns,
      uptimeSeconds: this.#uptimeSeconds,
      memoryBytes: memoryBytes?.(),
    };
    for (const [name, text] of statesOf(speaker.state(), counted)) {
      if (this.#told.get(name) === text) continue;
      const message = { topic: this.#topics.state(name), text, isRetained: true };
      if (!this.#client.publish(message)) return;
      this.#told.set(name, text);
    }
  }

  #tellSensorsForever(): void {
    this.#forgetSensors?.();
    this.#forgetSensors = this.#options.agenda.after(SENSORS_EVERY_MS, () => {
      this.#readUptime();
      this.#tellStates();
      this.#tellSensorsForever();
    });
  }

  #readUptime(): void {
    this.#uptimeSeconds = Math.floor(this.#options.agenda.nowMs / 1000);
  }

  #tellSent({ topic, text }: Message): void {
    this.#tell({ type: 'messageSent', topic, text });
  }

  #tell(what: Parameters<HomeSpeaker['tell']>[0]): void {
    this.#options.speaker.tell(what);
  }
}
