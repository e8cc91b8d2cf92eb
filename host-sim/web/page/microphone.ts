/** Runs beside the browser's sound thread: gathers samples and hands them on. */
const WORKLET = `
class Gather extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(1024);
    this.filled = 0;
    this.port.onmessage = ({ data }) => { this.ear = data; };
  }
  process([[samples]]) {
    if (!samples || !this.ear) return true;
    for (const sample of samples) {
      this.block[this.filled++] = sample;
      if (this.filled < this.block.length) continue;
      this.ear.postMessage(this.block);
      this.filled = 0;
    }
    return true;
  }
}
registerProcessor('gather', Gather);
`;

/** This device's microphone, on its way to the speaker and to nobody else. */
export class Microphone {
  readonly #audio: AudioContext;
  readonly #stream: MediaStream;
  /** Its sound comes out here, as Float32Array. */
  readonly port: MessagePort;

  private constructor(audio: AudioContext, stream: MediaStream, port: MessagePort) {
    this.#audio = audio;
    this.#stream = stream;
    this.port = port;
  }

  get sampleRate(): number {
    return this.#audio.sampleRate;
  }

  /** Asks the person for it. @throws DOMException when there is none, or it is refused */
  static async open(): Promise<Microphone> {
    const plain = {
      channelCount: 1,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    const audio = new AudioContext();
    const address = URL.createObjectURL(new Blob([WORKLET], { type: 'text/javascript' }));
    await audio.audioWorklet.addModule(address);
    URL.revokeObjectURL(address);
    const gather = new AudioWorkletNode(audio, 'gather', { numberOfOutputs: 0 });
    const { port1, port2 } = new MessageChannel();
    gather.port.postMessage(port1, [port1]);
    audio.createMediaStreamSource(stream).connect(gather);
    await audio.resume();
    return new Microphone(audio, stream, port2);
  }

  close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
    void this.#audio.close();
  }
}

/** Why there is no microphone, and what would help. */
export function microphoneTrouble(error: unknown): string {
  switch ((error as DOMException).name) {
    case 'NotAllowedError':
      return 'The microphone was refused. The browser asks again when you allow it beside the address.';
    case 'NotFoundError':
      return 'This device has no microphone.';
    case 'NotReadableError':
      return 'Another program has the microphone.';
    default:
      return `The microphone cannot be used: ${(error as Error).message}`;
  }
}
