import type { Agenda } from '../core/agenda';
import { frozen } from '../core/frozen';
import { reconnectDelayMs } from '../core/link';
import { type Packet, PacketError, PacketReader } from './packet-reader';
import {
  connectPacket,
  disconnectPacket,
  type Message,
  pingPacket,
  publishPacket,
  subscribePacket,
} from './packets';
import type { OpenSocket, Socket } from './socket';

export interface MqttOptions {
  readonly open: OpenSocket;
  readonly agenda: Agenda;
  readonly clientId: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly will: Message;
  /** Wildcards may be among them. */
  readonly topics: readonly string[];
  /** The broker takes messages from now on. */
  readonly onUp: () => void;
  /** It does not, or not any more; the next attempt follows by itself. */
  readonly onDown: (why: string) => void;
  /** The broker does not let it listen to these. */
  readonly onDenied?: (topics: readonly string[]) => void;
  readonly onMessage: (message: Required<Message>) => void;
}

/** The broker gives up on a speaker from which it has heard nothing for one and a half times as long. */
export const KEEP_ALIVE_SECONDS = 30;
const PING_EVERY_MS = 20_000;
/** So long a broker may take to let the speaker in, or to answer a ping. */
const PATIENCE_MS = 10_000;
const MOST_UNACKNOWLEDGED = 16;
/** What all lights of a house say at once is less; more would leave no time for anything else. */
const MOST_CHARACTERS_A_SECOND = 32_768;
const SECOND_MS = 1_000;
const SUBSCRIPTION_ID = 1;

/** As the standard numbers them. */
const REFUSALS: readonly string[] = frozen([
  '',
  'it does not speak MQTT 3.1.1',
  'it refuses the name of this speaker',
  'it is not ready',
  'user name or password are wrong',
  'it does not let this user in',
]);

/** A connection to a broker that comes back by itself, ever more patiently. Whatever the broker sends ends the connection at
 * worst. Nothing is sent later than it was said: what finds no connection is refused. */
export class MqttClient {
  readonly #options: MqttOptions;
  /** By packet id, who wants to know whether the broker has it. */
  readonly #unacknowledged = new Map<number, (ok: boolean) => void>();
  #socket: Socket | undefined;
  /** Which of all connections is under way: what an earlier one tells late is not heard. */
  #connection: object | undefined;
  #isUp = false;
  #isClosed = false;
  #attempts = 0;
  /** Heard since that moment. */
  #characters = 0;
  #secondBeganMs = 0;
  #lastPacketId = SUBSCRIPTION_ID;
  #forgetTimer: (() => void) | undefined;

  /** Begins at once. */
  constructor(options: MqttOptions) {
    this.#options = options;
    this.#connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** False when it is not sent: there is no connection, or the broker takes nothing. `onSettled` is told once whether the
   * broker has it, and only when this gave true. */
  publish(message: Message, onSettled?: (ok: boolean) => void): boolean {
    if (!this.#isUp || (onSettled && this.#unacknowledged.size >= MOST_UNACKNOWLEDGED)) return false;
    const packetId = onSettled && this.#nextPacketId();
    if (!this.#write(publishPacket(message, packetId))) return false;
    if (onSettled && packetId !== undefined) this.#unacknowledged.set(packetId, onSettled);
    return true;
  }

  /** Says goodbye: the broker does not publish the will. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection = undefined;
    this.#forgetTimer?.();
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (wasUp) this.#socket?.write(disconnectPacket());
    this.#socket?.close();
    this.#socket = undefined;
    this.#settleAll();
  }

  #connect(): void {
    this.#attempts += 1;
    const connection = {};
    this.#connection = connection;
    const isOver = (): boolean => this.#connection !== connection;
    const reader = new PacketReader((packet) => {
      if (!isOver()) this.#take(packet);
    });
    this.#plan(PATIENCE_MS, () => this.#fall('it does not answer'));
    this.#socket = this.#options.open({
      onOpen: () => {
        if (!isOver()) this.#greet();
      },
      onBytes: (bytes) => {
        if (!isOver()) this.#read(reader, bytes);
      },
      onClosed: (why) => {
        if (!isOver()) this.#fall(why);
      },
    });
  }

  #read(reader: PacketReader, bytes: Uint8Array): void {
    try {
      reader.read(bytes);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.#fall(`it sent ${error.message}`);
    }
  }

  #greet(): void {
    const { clientId, user, password, will } = this.#options;
    const keepAliveSeconds = KEEP_ALIVE_SECONDS;
    this.#socket?.write(connectPacket({ clientId, user, password, will, keepAliveSeconds }));
  }

  #take(packet: Packet): void {
    if (!this.#isUp && packet.type !== 'connected')
      return this.#fall('it speaks before it lets the speaker in');
    switch (packet.type) {
      case 'connected':
        if (this.#isUp) return this.#fall('it lets the speaker in twice');
        return packet.code === 0
          ? this.#rise()
          : this.#fall(REFUSALS[packet.code] ?? `it refuses, code ${packet.code}`);
      case 'message':
        return this.#isTooMuch(packet.topic.length + packet.text.length)
          ? this.#fall('it says more than can be heard')
          : this.#options.onMessage(packet);
      case 'published': {
        const settle = this.#unacknowledged.get(packet.packetId);
        this.#unacknowledged.delete(packet.packetId);
        return settle?.(true);
      }
      case 'subscribed': {
        const denied = this.#options.topics.filter((_, index) => packet.denied[index]);
        if (denied.length > 0) this.#options.onDenied?.(denied);
        return;
      }
      case 'pong':
        this.#attempts = 0; // who lets the speaker in and throws it out again is not asked every second
        return this.#plan(PING_EVERY_MS, () => this.#ping());
    }
  }

  #isTooMuch(characters: number): boolean {
    const { nowMs } = this.#options.agenda;
    if (nowMs - this.#secondBeganMs >= SECOND_MS) {
      this.#secondBeganMs = nowMs;
      this.#characters = 0;
    }
    this.#characters += characters;
    return this.#characters > MOST_CHARACTERS_A_SECOND;
  }

  #rise(): void {
    const { topics, onUp } = this.#options;
    this.#isUp = true;
    this.#plan(PING_EVERY_MS, () => this.#ping());
    if (topics.length > 0) this.#write(subscribePacket(SUBSCRIPTION_ID, topics));
    if (this.#isUp) onUp();
  }

  #ping(): void {
    if (this.#write(pingPacket())) this.#plan(PATIENCE_MS, () => this.#fall('it does not answer'));
  }

  #write(bytes: Uint8Array): boolean {
    if (this.#socket?.write(bytes)) return true;
    this.#fall('it takes nothing any more');
    return false;
  }

  /** The connection is over, and the next attempt planned. */
  #fall(why: string): void {
    if (this.#isClosed) return;
    this.#isUp = false;
    this.#connection = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#plan(reconnectDelayMs(this.#attempts), () => this.#connect());
    this.#settleAll();
    this.#options.onDown(why);
  }

  #settleAll(): void {
    const waiting = [...this.#unacknowledged.values()];
    this.#unacknowledged.clear();
    for (const settle of waiting) settle(false);
  }

  #plan(delayMs: number, run: () => void): void {
    this.#forgetTimer?.();
    this.#forgetTimer = this.#options.agenda.after(delayMs, run);
  }

  #nextPacketId(): number {
    do this.#lastPacketId = (this.#lastPacketId % 0xffff) + 1;
    while (this.#unacknowledged.has(this.#lastPacketId));
    return this.#lastPacketId;
  }
}
