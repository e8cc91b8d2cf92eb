import type { Order, Report } from '../worker/messages';
import { unpack } from '../worker/unpack';

type Of<Type extends Report['type']> = Extract<Report, { readonly type: Type }>;
type Listeners = { [Type in Report['type']]?: (report: Of<Type>) => void };

/** The speaker, in a worker. It is made from this page's own text, so the page's policy holds for it too. */
export class Engine {
  readonly #worker: Worker;
  readonly #listeners: Listeners = {};

  private constructor(script: Uint8Array) {
    const address = URL.createObjectURL(
      new Blob([script as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }),
    );
    this.#worker = new Worker(address, { name: 'speaker' });
    this.#worker.onmessage = ({ data }: MessageEvent<Report>) => {
      const listener = this.#listeners[data.type] as ((report: Report) => void) | undefined;
      listener?.(data);
    };
    this.#worker.onerror = (event) => {
      this.#listeners.failed?.({ type: 'failed', what: event.message });
    };
  }

  /** From what the page brought along; it is ready when it says so. */
  static async start(): Promise<Engine> {
    const { worker = '', ...cargo } = takeCargo();
    const engine = new Engine(await unpack(worker));
    engine.order({ type: 'unpack', cargo });
    return engine;
  }

  on<Type extends Report['type']>(type: Type, listener: (report: Of<Type>) => void): void {
    (this.#listeners as Record<string, unknown>)[type] = listener;
  }

  order(order: Order, ...transfer: Transferable[]): void {
    this.#worker.postMessage(order, transfer);
  }
}

/** By name; the page's own copy goes. */
function takeCargo(): Readonly<Record<string, string>> {
  const packed = [...document.querySelectorAll<HTMLScriptElement>('script[data-cargo]')];
  const cargo = packed.map((each) => [each.dataset.cargo ?? '', each.textContent ?? '']);
  for (const each of packed) each.remove();
  return Object.fromEntries(cargo);
}
