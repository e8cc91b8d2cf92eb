import { SerialPort as NodeSerialPort } from 'serialport';

/** A serial port of this computer in the shape of the Web Serial API, as far as esptool-js asks for it. */
export class WebSerialPort {
  readonly #path: string;
  readonly #usb: SerialPortInfo;
  #port: NodeSerialPort | undefined;
  #readable: ReadableStream<Uint8Array> | undefined;
  #writable: WritableStream<Uint8Array> | undefined;

  constructor({ path, vendorId, productId }: PortDescription) {
    this.#path = path;
    this.#usb = {
      ...(vendorId === undefined ? {} : { usbVendorId: vendorId }),
      ...(productId === undefined ? {} : { usbProductId: productId }),
    };
  }

  get readable(): ReadableStream<Uint8Array> | null {
    return this.#readable ?? null;
  }

  get writable(): WritableStream<Uint8Array> | null {
    return this.#writable ?? null;
  }

  getInfo(): SerialPortInfo {
    return this.#usb;
  }

  async open({ baudRate }: { readonly baudRate: number }): Promise<void> {
    const port = new NodeSerialPort({ path: this.#path, baudRate, autoOpen: false });
    await settled((done) => port.open(done));
    this.#port = port;
    this.#readable = new ReadableStream({
      start: (controller) => {
        port.on('data', (bytes: Buffer) => controller.enqueue(new Uint8Array(bytes)));
        port.on('close', () => closeQuietly(controller));
        port.on('error', (error: Error) => controller.error(error));
      },
    });
    this.#writable = new WritableStream({
      write: (bytes) =>
        settled((done) => {
          port.write(bytes);
          port.drain(done);
        }),
    });
  }

  async setSignals(signals: SerialOutputSignals): Promise<void> {
    const { dataTerminalReady: dtr, requestToSend: rts } = signals;
    const lines = { ...(dtr === undefined ? {} : { dtr }), ...(rts === undefined ? {} : { rts }) };
    await settled((done) => this.#opened().set(lines, done));
  }

  async setBaudRate(baudRate: number): Promise<void> {
    await settled((done) => this.#opened().update({ baudRate }, done));
  }

  async close(): Promise<void> {
    const port = this.#port;
    this.#port = undefined;
    this.#readable = undefined;
    this.#writable = undefined;
    if (port?.isOpen) await settled((done) => port.close(done));
  }

  #opened(): NodeSerialPort {
    if (!this.#port) throw new Error(`${this.#path} is not open`);
    return this.#port;
  }
}

export interface PortDescription {
  readonly path: string;
  readonly vendorId?: number;
  readonly productId?: number;
}

/** The serial ports of this computer that hang on USB. */
export async function usbPorts(): Promise<PortDescription[]> {
  const ports = await NodeSerialPort.list();
  return ports.flatMap(({ path, vendorId, productId }) =>
    vendorId === undefined || productId === undefined
      ? []
      : [{ path, vendorId: Number.parseInt(vendorId, 16), productId: Number.parseInt(productId, 16) }],
  );
}

interface SerialPortInfo {
  readonly usbVendorId?: number;
  readonly usbProductId?: number;
}

interface SerialOutputSignals {
  readonly dataTerminalReady?: boolean;
  readonly requestToSend?: boolean;
}

function settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

/** The reader may have cancelled the stream before the port closed. */
function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close();
  } catch {}
}
