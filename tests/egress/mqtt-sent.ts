import type { Packet } from './sent';

export interface Message {
  readonly topic: string;
  readonly text: string;
}

const PUBLISH = 3;
/** CONNECT, SUBSCRIBE, PINGREQ, DISCONNECT. */
const QUIET = [1, 8, 12, 14];

/** What MQTT clients published to a port, connection by connection. @throws Error on any packet that says something else */
export function messagesTo(port: number, packets: readonly Packet[]): Message[] {
  const streams = new Map<number, string>();
  for (const packet of packets)
    if (packet.port === port && packet.from !== undefined)
      streams.set(packet.from, (streams.get(packet.from) ?? '') + (packet.data ?? ''));
  return [...streams.values()].flatMap((data) => messagesIn(Buffer.from(data, 'hex')));
}

function messagesIn(stream: Buffer): Message[] {
  const messages: Message[] = [];
  for (let at = 0; at < stream.length; ) {
    const head = stream[at] as number;
    const type = head >> 4;
    const packetIdBytes = head & 0b0110 ? 2 : 0; // where it is to be acknowledged
    let [length, shift] = [0, 0];
    for (let more = true; more; shift += 7) {
      const byte = stream[++at] as number;
      length |= (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    const body = stream.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    if (type === PUBLISH) {
      const topicBytes = body.readUInt16BE(0);
      const topic = body.toString('utf8', 2, 2 + topicBytes);
      messages.push({ topic, text: body.toString('utf8', 2 + topicBytes + packetIdBytes) });
    } else if (!QUIET.includes(type)) throw new Error(`a client sent a packet of type ${type}`);
  }
  return messages;
}
