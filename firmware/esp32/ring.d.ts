/** A ring of LEDs: WS2812 or SK6812 on one pin, by the remote control peripheral, or APA102 by SPI. */
export default class Ring {
  /** Goes dark at once.
   * @throws RangeError when an option is out of range, TypeError when one is missing, Error when the chip refuses */
  constructor(options: RingOptions);

  readonly pixelCount: number;

  /** Lights all pixels: three bytes (red, green, blue) for each, pixel 0 first. Returns before they are sent; a picture
   * that comes before the last one was sent is dropped, and false returned.
   * @throws RangeError when there are not 3 * pixelCount bytes */
  show(rgb: Uint8Array): boolean;

  /** Goes dark and lets go of the pins. Twice does no harm; `show` throws afterwards. */
  close(): void;
}

/** `config.board.ring` of the board's manifest. */
export interface RingOptions {
  /** The data pin. */
  readonly pin: number;
  /** The clock pin: an APA102's. */
  readonly clock?: number;
  readonly led: 'ws2812' | 'sk6812-rgbw' | 'apa102';
  /** 1 to 1024. */
  readonly pixels: number;
  /** Of the colours on the wire. */
  readonly order: 'RGB' | 'RBG' | 'GRB' | 'GBR' | 'BRG' | 'BGR';
  /** Which LED of the chain is pixel 0. */
  readonly first: number;
  /** Of every channel, 0 to 100. */
  readonly brightnessLimitPercent: number;
  /** Of the whole ring; a picture that would take more is dimmed as a whole. No limit unless said. */
  readonly currentLimitMilliamps?: number;
  /** Values are what the eye sees, not light; true unless said. */
  readonly gamma?: boolean;
  /** The LEDs' supply: its pin, and its level when on. */
  readonly power?: { readonly pin: number; readonly active: 'low' | 'high' };
}
