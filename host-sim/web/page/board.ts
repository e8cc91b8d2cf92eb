import { draw, make } from './elements';
import { onScreen } from './timeline/lanes';

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
      const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((offset) =>
        Number.parseInt(rgb.slice(6 * index + offset, 6 * index + offset + 2) || '0', 16),
      );
      const most = Math.max(red, green, blue);
      const colour = `rgb(${onScreen(red)} ${onScreen(green)} ${onScreen(blue)})`;
      led.style.fill = most > 0 ? colour : '';
      const glow = this.#glows[index] as SVGCircleElement;
      glow.style.fill = colour;
      glow.style.opacity = String(Math.min(0.9, most / 70));
    }
  }
}
