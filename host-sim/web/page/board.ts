import { draw, make } from './elements';
import { onScreen } from './timeline/brush';

const CENTRE = 120;
const RING_RADIUS = 78;

export interface BoardWishes {
  readonly move: (muted: boolean) => void;
  readonly press: () => void;
}

/** The speaker on the table: its ring of LEDs, its button and its mute switch. */
export class BoardView {
  readonly #leds: SVGCircleElement[];
  readonly #glows: SVGCircleElement[];
  readonly #switch: HTMLButtonElement;
  readonly #button: HTMLButtonElement;
  #shown = '';

  constructor(place: HTMLElement, pixels: number, wishes: BoardWishes) {
    const at = (index: number): { cx: string; cy: string } => {
      const angle = (2 * Math.PI * index) / pixels - Math.PI / 2;
      return {
        cx: (CENTRE + RING_RADIUS * Math.cos(angle)).toFixed(1),
        cy: (CENTRE + RING_RADIUS * Math.sin(angle)).toFixed(1),
      };
    };
    const all = Array.from({ length: pixels }, (_, index) => index);
    this.#glows = all.map((index) => draw('circle', { ...at(index), r: 17, class: 'glow' }));
    const sockets = all.map((index) => draw('circle', { ...at(index), r: 7, class: 'socket' }));
    this.#leds = all.map((index) => draw('circle', { ...at(index), r: 7, class: 'led' }));
    const blur = draw('filter', { id: 'soft', x: '-50%', y: '-50%', width: '200%', height: '200%' });
    blur.append(draw('feGaussianBlur', { stdDeviation: 6 }));
    const picture = draw(
      'svg',
      { viewBox: '0 0 240 240', role: 'img', 'aria-label': `The speaker’s ring of ${pixels} LEDs` },
      draw('defs', {}, blur),
      draw('circle', { cx: CENTRE, cy: CENTRE, r: 112, class: 'body' }),
      draw('circle', { cx: CENTRE, cy: CENTRE, r: 98, class: 'face' }),
      draw('circle', { cx: CENTRE, cy: CENTRE, r: 56, class: 'grille' }),
      ...sockets,
      draw('g', { filter: 'url(#soft)' }, ...this.#glows),
      ...this.#leds,
    );
    this.#button = make(
      'button',
      {
        type: 'button',
        class: 'press',
        title: 'Its button: as good as the wake word',
        onclick: wishes.press,
      },
      make('span', {}, 'Button'),
    );
    this.#switch = make(
      'button',
      {
        type: 'button',
        role: 'switch',
        'aria-checked': 'false',
        class: 'mute',
        onclick: () => wishes.move(this.#switch.getAttribute('aria-checked') !== 'true'),
      },
      make('span', { class: 'track', 'aria-hidden': 'true' }, make('span', { class: 'knob' })),
      'Mute',
    );
    place.replaceChildren(make('div', { class: 'puck' }, picture, this.#button), this.#switch);
    this.enable(false);
  }

  enable(isUsable: boolean): void {
    this.#switch.disabled = this.#button.disabled = !isUsable;
  }

  /** @param rgb RRGGBB a pixel, as the LEDs are driven */
  show(rgb: string, muted: boolean): void {
    this.#switch.setAttribute('aria-checked', String(muted));
    if (rgb === this.#shown) return;
    this.#shown = rgb;
    for (const [index, led] of this.#leds.entries()) {
      const light = [0, 2, 4].map((offset) =>
        Number.parseInt(rgb.slice(6 * index + offset, 6 * index + offset + 2) || '0', 16),
      );
      const most = Math.max(...light);
      const glow = this.#glows[index] as SVGCircleElement;
      led.style.fill = glow.style.fill = `rgb(${light.map((value) => hueOf(value, most)).join(' ')})`;
      led.style.opacity = String(seen(most));
      glow.style.opacity = String(0.75 * seen(most));
    }
  }
}

/** What the LEDs are driven with at most when they do not show an alarm (`firmware/core/ring-patterns.ts`). */
const BRIGHT = 60;

/** The colour of a light, whatever its strength. */
function hueOf(value: number, most: number): number {
  return most === 0 ? 0 : onScreen((255 * value) / most);
}

/** How strongly an eye sees it beside others: an LED is light where a screen is not. */
function seen(most: number): number {
  return Math.min(1, (most / BRIGHT) ** (1 / 2.4));
}
