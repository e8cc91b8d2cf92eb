/** The packets of MQTT 3.1.1 that a speaker sends (OASIS Standard, 29 October 2014), as bytes.
 *
 * Why not a library: `mqtt-packet` reads and writes Node's Buffer and streams, which XS does not have, and takes packets of
 * any length; the client of Moddable's SDK runs on the chip alone, and then the laptop would try another one than what
 * the speaker runs. */
import { bytesOfText } from './utf8';

export const CONNECT = 1;
export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const SUBSCRIBE = 8;
export const SUBACK = 9;
export const PINGREQ = 12;
export const PINGRESP = 13;
export const DISCONNECT = 14;

/** What is published under a topic. */
export interface Message {
  readonly topic: string;
  readonly text: string;
  /** Whether the broker keeps it for those who come later. */
  readonly isRetained?: boolean;
}

export interface ConnectOptions {
  readonly clientId: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** What the broker publishes when the connection breaks. */
  readonly will: Message;
  readonly keepAliveSeconds: number;
}

const PROTOCOL_LEVEL = 4;
/** A new session each time: what was meant for the speaker while it was away is too late. */
const CLEAN_SESSION = 0x02;
const HAS_WILL = 0x04;
const WILL_IS_RETAINED = 0x20;
const HAS_PASSWORD = 0x40;
const HAS_USER = 0x80;

export function connectPacket({
  clientId,
  user,
  password,
  will,
  keepAliveSeconds,
}: ConnectOptions): Uint8Array {
  const flags =
    CLEAN_SESSION |
    HAS_WILL |
    (will.isRetained ? WILL_IS_RETAINED : 0) |
    (user === undefined ? 0 : HAS_USER) |
    (user === undefined || password === undefined ? 0 : HAS_PASSWORD);
  const texts = [clientId, will.topic, will.text];
  if (user !== undefined) texts.push(user);
  if (user !== undefined && password !== undefined) texts.push(password);
  const head = [...withLength('MQTT'), PROTOCOL_LEVEL, flags, ...word(keepAliveSeconds)];
  return packet(CONNECT, 0, [Uint8Array.from(head), ...texts.map(withLength)]);
}

/** With `packetId` the broker acknowledges that it has it (QoS 1), without it does not (QoS 0). */
export function publishPacket({ topic, text, isRetained }: Message, packetId?: number): Uint8Array {
  const flags = (packetId === undefined ? 0 : 0x02) | (isRetained ? 0x01 : 0);
  const id = packetId === undefined ? [] : word(packetId);
  return packet(PUBLISH, flags, [withLength(topic), Uint8Array.from(id), bytesOfText(text)]);
}

/** All of them at QoS 0: what comes again would come too late. */
export function subscribePacket(packetId: number, topics: readonly string[]): Uint8Array {
  const wanted = topics.flatMap((topic) => [withLength(topic), Uint8Array.of(0)]);
  return packet(SUBSCRIBE, 0x02, [Uint8Array.from(word(packetId)), ...wanted]);
}

export function pingPacket(): Uint8Array {
  return Uint8Array.of(PINGREQ << 4, 0);
}

export function disconnectPacket(): Uint8Array {
  return Uint8Array.of(DISCONNECT << 4, 0);
}

function packet(type: number, flags: number, parts: readonly Uint8Array[]): Uint8Array {
  const byteLength = parts.reduce((length, part) => length + part.length, 0);
  const head = [(type << 4) | flags, ...remainingLength(byteLength)];
  const whole = new Uint8Array(head.length + byteLength);
  whole.set(head);
  let offset = head.length;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Seven bits a byte, the lowest first. */
function remainingLength(byteLength: number): number[] {
  const bytes: number[] = [];
  let left = byteLength;
  do {
    const low = left % 128;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return bytes;
}

function withLength(text: string): Uint8Array {
  const bytes = bytesOfText(text);
  if (bytes.length > 0xffff)
    throw new RangeError(`a text of ${bytes.length} bytes: at most 65535 would be right`);
  const whole = new Uint8Array(2 + bytes.length);
  whole.set(word(bytes.length));
  whole.set(bytes, 2);
  return whole;
}

function word(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}
