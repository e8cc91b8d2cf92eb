import { frozen } from '../core/frozen';
import { CONNACK, PINGRESP, PUBACK, PUBLISH, SUBACK } from './packets';
import { textOfBytes } from './utf8';

/** A packet of which the speaker keeps all: longer ones are passed over. A light's state has some hundred bytes. */
export const MOST_PACKET_BYTES = 2_048;
/** Nobody sends a speaker so much without wanting to keep it busy. */
const MOST_PASSED_OVER_BYTES = 1 << 20;
const MOST_LENGTH_BYTES = 4;
const DENIED = 0x80;
const ANSWERS: readonly number[] = frozen([CONNACK, PUBACK, SUBACK, PINGRESP]);

/** What a broker sends. */
export type Packet =
  | { readonly type: 'connected'; readonly code: number }
  | { readonly type: 'message'; readonly topic: string; readonly text: string; readonly isRetained: boolean }
  | { readonly type: 'published'; readonly packetId: number }
  /** `denied`: whether of each topic. */
  | { readonly type: 'subscribed'; readonly denied: readonly boolean[] }
  | { readonly type: 'pong' };

/** What came is no MQTT 3.1.1 that a broker would send to a client at QoS 0. */
export class PacketError extends Error {}

/** Takes bytes as they come and tells of packets. Holds at most one packet of `MOST_PACKET_BYTES`. */
export class PacketReader {
  readonly #onPacket: (packet: Packet) => void;
  #head = 0;
  #lengthBytes = 0;
  #bodyLength = 0;
  /** Undefined between two packets. */
  #body: Uint8Array | undefined;
  #filled = 0;
  #toPassOver = 0;
  #state: 'type' | 'length' | 'body' | 'passingOver' = 'type';

  constructor(onPacket: (packet: Packet) => void) {
    this.#onPacket = onPacket;
  }

  /** @throws PacketError after which nothing more is to be read */
  read(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case 'type':
          this.#head = checkedHead(bytes[at++] ?? 0);
          this.#bodyLength = 0;
          this.#lengthBytes = 0;
          this.#state = 'length';
          break;
        case 'length':
          this.#readLength(bytes[at++] ?? 0);
          break;
        case 'body':
          at += this.#fill(bytes, at);
          break;
        case 'passingOver': {
          const passed = Math.min(this.#toPassOver, bytes.length - at);
          at += passed;
          this.#toPassOver -= passed;
          if (this.#toPassOver === 0) this.#state = 'type';
        }
      }
    }
  }

  #readLength(byte: number): void {
    this.#bodyLength += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if (byte & 0x80) {
      if (this.#lengthBytes === MOST_LENGTH_BYTES) throw new PacketError('a packet without an end');
      return;
    }
    const byteLength = this.#bodyLength;
    const isMessage = this.#head >> 4 === PUBLISH;
    if (byteLength > (isMessage ? MOST_PASSED_OVER_BYTES : MOST_PACKET_BYTES))
      throw new PacketError(`a packet of ${byteLength} bytes`);
    if (byteLength > MOST_PACKET_BYTES) {
      this.#toPassOver = byteLength;
      this.#state = 'passingOver';
      return;
    }
    this.#body = new Uint8Array(byteLength);
    this.#filled = 0;
    this.#state = 'body';
    if (byteLength === 0) this.#finish();
  }

  #fill(bytes: Uint8Array, from: number): number {
    const body = this.#body ?? new Uint8Array(0);
    const taken = Math.min(body.length - this.#filled, bytes.length - from);
    body.set(bytes.subarray(from, from + taken), this.#filled);
    this.#filled += taken;
    if (this.#filled === body.length) this.#finish();
    return taken;
  }

  #finish(): void {
    const body = this.#body ?? new Uint8Array(0);
    this.#body = undefined;
    this.#state = 'type';
    const packet = packetOf(this.#head, body);
    if (packet) this.#onPacket(packet);
  }
}

/** The first byte of a packet, if it begins one that a broker sends to a client at QoS 0. @throws PacketError */
function checkedHead(head: number): number {
  const [type, flags] = [head >> 4, head & 0x0f];
  if (type === PUBLISH) {
    if ((flags & 0x06) !== 0) throw new PacketError('a message that wants to be acknowledged');
    return head;
  }
  if (!ANSWERS.includes(type)) throw new PacketError(`a packet of type ${type}, which no broker sends`);
  if (flags !== 0) throw new PacketError(`a packet of type ${type} with flags ${flags}`);
  return head;
}

/** Undefined for a message that is no text. @throws PacketError */
function packetOf(head: number, body: Uint8Array): Packet | undefined {
  switch (head >> 4) {
    case PUBLISH:
      return messageOf(head, body);
    case CONNACK:
      return { type: 'connected', code: exactly(2, body)[1] ?? 0 };
    case PUBACK:
      return { type: 'published', packetId: wordAt(exactly(2, body), 0) };
    case SUBACK:
      return { type: 'subscribed', denied: Array.from(body.subarray(2), (code) => code === DENIED) };
    default:
      exactly(0, body);
      return { type: 'pong' };
  }
}

function messageOf(head: number, body: Uint8Array): Packet | undefined {
  const topicEnd = 2 + wordAt(body, 0);
  if (topicEnd > body.length) throw new PacketError('a topic longer than its packet');
  const topic = textOfBytes(body.subarray(2, topicEnd));
  const text = textOfBytes(body.subarray(topicEnd));
  if (topic === undefined || text === undefined) return undefined;
  return { type: 'message', topic, text, isRetained: (head & 0x01) !== 0 };
}

function exactly(byteLength: number, body: Uint8Array): Uint8Array {
  if (body.length === byteLength) return body;
  throw new PacketError(`a packet of ${body.length} bytes where ${byteLength} would be right`);
}

function wordAt(bytes: Uint8Array, offset: number): number {
  const [high, low] = [bytes[offset], bytes[offset + 1]];
  if (high === undefined || low === undefined) throw new PacketError('a packet that is cut short');
  return (high << 8) | low;
}
