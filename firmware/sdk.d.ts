/** What the firmware uses of Moddable's modules. The SDK's own declarations take this file's place on the chip. */

declare module 'mc/config' {
  const config: Readonly<Record<string, unknown>>;
  export default config;
}

declare module 'timer' {
  export default class Timer {
    private constructor();
    static set(callback: (timer: Timer) => void, delayMs?: number): Timer;
    static repeat(callback: (timer: Timer) => void, intervalMs: number): Timer;
    static clear(timer: Timer | undefined): void;
  }
}

declare module 'time' {
  const Time: {
    /** Milliseconds since some moment; wraps. */
    readonly ticks: number;
    delta(start: number, end?: number): number;
  };
  export default Time;
}

declare module 'Resource' {
  /** Bytes in the firmware's image, which never move. */
  export default class Resource {
    constructor(path: string);
    static exists(path: string): boolean;
  }
}

declare module 'embedded:storage/key-value' {
  export interface Storage {
    read(key: string): unknown;
    write(key: string, value: string): void;
    delete(key: string): void;
    close(): void;
  }
  const storage: {
    /** Throws when it cannot be opened. */
    open(options: { readonly path: string; readonly format: 'string' }): Storage;
  };
  export default storage;
}

declare module 'embedded:network/interface/wifi' {
  export default class WiFi {
    constructor(options: { readonly onChanged: (property: string) => void });
    /** Throws while an attempt is under way, and when there cannot be one. */
    connect(options: { readonly SSID: string; readonly password?: string }): void;
    /** 500 and more: connected, with an address. */
    readonly connection: number;
    close(): void;
  }
}

declare module 'embedded:io/digital' {
  export default class Digital {
    static readonly Input: number;
    static readonly InputPullUp: number;
    static readonly InputPullDown: number;
    static readonly Output: number;
    constructor(options: { readonly pin: number; readonly mode: number; readonly initialValue?: 0 | 1 });
    read(): number;
    write(value: 0 | 1): void;
    close(): void;
  }
}

declare module 'embedded:io/i2c' {
  export default class I2C {
    constructor(options: {
      readonly data: number;
      readonly clock: number;
      readonly hz: number;
      readonly address: number;
    });
    /** Throws when the chip does not answer. */
    write(bytes: Uint8Array): void;
    close(): void;
  }
}
