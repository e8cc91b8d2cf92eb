import type { OpenSocket, SocketEvents } from '../../../firmware/mqtt/socket';

export interface Sent {
  readonly topic: string;
  readonly text: string;
  readonly isRetained: boolean;
  readonly packetId?: number;
}

/** The broker's side of one connection, byte for byte, without a network: what it tells comes with `pump`. */
export class PretendBroker {
  /** The code with which it answers a greeting; undefined for a broker that says nothing. */
  greeting: number | undefined = 0;
  acknowledges = true;
  answersPings = true;
  /** Whether it takes bytes. */
  takes = true;
  /** Whether there is anybody at all. */
  isThere = true;
  readonly sent: Sent[] = [];
  readonly subscribed: string[] = [];
  readonly willTopics: string[] = [];
  readonly greetings: Uint8Array[] = [];
  connections = 0;
  pings = 0;
  goodbyes = 0;
  #events: SocketEvents | undefined;
  #due: (() => void)[] = [];
  #waiting = new Uint8Array(0);

  readonly open: OpenSocket = (events) => {
    this.connections += 1;
    this.#events = events;
    this.#waiting = new Uint8Array(0);
    const isMine = (): boolean => this.#events === events;
    this.#due.push(() => {
      if (!isMine()) return;
      if (this.isThere) events.onOpen();
      else events.onClosed('nobody is there');
    });
    return {
      write: (bytes) => {
        if (this.takes && isMine()) this.#read(bytes);
        return this.takes;
      },
      close: () => {
        if (isMine()) this.#events = undefined;
      },
    };
  };

  /** Tells what is due. */
  pump(): void {
    for (let next = this.#due.shift(); next; next = this.#due.shift()) next();
  }

  say(topic: string, text: string, { isRetained = false } = {}): void {
    const [head, body] = [Buffer.from(topic), Buffer.from(text)];
    const length = Buffer.alloc(2);
    length.writeUInt16BE(head.length);
    this.raw(packet(isRetained ? 0x31 : 0x30, Buffer.concat([length, head, body])));
  }

  raw(bytes: Uint8Array): void {
    this.#due.push(() => this.#events?.onBytes(bytes));
  }

  hangUp(why = 'it hung up'): void {
    const events = this.#events;
    this.#due.push(() => {
      if (this.#events !== events) return;
      this.#events = undefined;
      events?.onClosed(why);
    });
  }

  #read(bytes: Uint8Array): void {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    for (let taken = this.#readOne(); taken > 0; taken = this.#readOne())
      this.#waiting = this.#waiting.slice(taken);
  }

  #readOne(): number {
    const all = Buffer.from(this.#waiting);
    let [length, at, scale] = [0, 1, 1];
    for (;;) {
      const byte = all[at++];
      if (byte === undefined) return 0;
      length += (byte & 0x7f) * scale;
      scale *= 128;
      if ((byte & 0x80) === 0) break;
    }
    if (all.length < at + length) return 0;
    this.#take(all[0] ?? 0, all.subarray(at, at + length));
    return at + length;
  }

  #take(head: number, body: Buffer): void {
    switch (head >> 4) {
      case 1:
        this.greetings.push(body);
        if (this.greeting !== undefined) this.raw(Uint8Array.of(0x20, 2, 0, this.greeting));
        break;
      case 3:
        this.#takeMessage(head, body);
        break;
      case 8: {
        const topics: string[] = [];
        for (let at = 2; at < body.length; ) {
          const length = body.readUInt16BE(at);
          topics.push(body.toString('utf8', at + 2, at + 2 + length));
          at += 3 + length;
        }
        this.subscribed.push(...topics);
        this.raw(packet(0x90, Buffer.from([body[0] ?? 0, body[1] ?? 0, ...topics.map(() => 0)])));
        break;
      }
      case 12:
        this.pings += 1;
        if (this.answersPings) this.raw(Uint8Array.of(0xd0, 0));
        break;
      case 14:
        this.goodbyes += 1;
        break;
      default:
        throw new Error(`a speaker sends no packet of type ${head >> 4}`);
    }
  }

  #takeMessage(head: number, body: Buffer): void {
    const topicEnd = 2 + body.readUInt16BE(0);
    const isToBeAcknowledged = (head & 0x06) === 0x02;
    const textAt = isToBeAcknowledged ? topicEnd + 2 : topicEnd;
    const packetId = isToBeAcknowledged ? body.readUInt16BE(topicEnd) : undefined;
    this.sent.push({
      topic: body.toString('utf8', 2, topicEnd),
      text: body.toString('utf8', textAt),
      isRetained: (head & 1) === 1,
      ...(packetId === undefined ? {} : { packetId }),
    });
    if (packetId !== undefined && this.acknowledges)
      this.raw(Uint8Array.of(0x40, 2, packetId >> 8, packetId & 0xff));
  }
}

function packet(head: number, body: Buffer): Uint8Array {
  const length: number[] = [];
  for (let left = body.length; ; left = left >> 7) {
    if (left < 128) {
      length.push(left);
      break;
    }
    length.push((left & 0x7f) | 0x80);
  }
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}
