import type { EventLine } from '../../../tools/replay/expect/expectations';
import { make } from '../elements';
import { kindOf, timeText } from '../wording';
import type { Lane, Scene } from './lane';
import { events, ring, ruler, waveform } from './lanes';
import { pictureLanes } from './picture-lanes';
import { sentence } from './sentence-lane';
import { readTints, type Tints } from './tints';
import { fitting, moved, showing, timeAt, type View, xOf, zoomed } from './view';
import { wake } from './wake-lane';

const GUTTER = 92;
const NARROW = 560;
const GAP = 8;
const STEP_MS = 10;

export interface TimelineWishes {
  readonly seek: (atMs: number) => void;
  readonly choose: (event: EventLine) => void;
  readonly toggle: () => void;
}

/** All that was heard and thought, on one axis of time. */
export class Timeline {
  readonly #base = make('canvas', { 'aria-hidden': 'true' });
  readonly #over = make('canvas', { class: 'over', 'aria-hidden': 'true' });
  readonly #holder = make('div', { class: 'lanes' }, this.#base, this.#over);
  readonly #position = make('input', {
    type: 'range',
    id: 'position',
    min: 0,
    max: 0,
    step: STEP_MS,
    'aria-label': 'Position in the recording',
  });
  readonly #clock = make('output', { class: 'clock', for: 'position' }, '0:00.00');
  readonly #play = make('button', { type: 'button', 'aria-label': 'Play', class: 'round' }, '▶');
  readonly #wishes: TimelineWishes;
  #lanes: readonly Lane[] = [];
  #scene: Scene | undefined;
  #view: View = fitting(1, 1);
  #endMs = 1;
  #tints: Tints = readTints();
  #isStale = true;
  #isFollowing = true;
  #paintMs = 0;

  constructor(place: HTMLElement, wishes: TimelineWishes) {
    this.#wishes = wishes;
    const step = (text: string, label: string, byMs: number): HTMLElement =>
      make(
        'button',
        { type: 'button', 'aria-label': label, class: 'round', onclick: () => this.#step(byMs) },
        text,
      );
    const zoom = (text: string, label: string, factor: number): HTMLElement =>
      make(
        'button',
        { type: 'button', 'aria-label': label, class: 'round', onclick: () => this.#zoom(factor) },
        text,
      );
    this.#play.addEventListener('click', wishes.toggle);
    place.append(
      make(
        'div',
        { class: 'transport' },
        this.#play,
        step('‹', 'One frame back', -STEP_MS),
        step('›', 'One frame on', STEP_MS),
        this.#position,
        this.#clock,
        zoom('−', 'Show more time', 0.5),
        zoom('+', 'Look closer', 2),
        make('button', { type: 'button', onclick: () => this.#fit() }, 'All'),
      ),
      this.#holder,
    );
    this.#position.addEventListener('input', () => wishes.seek(Number(this.#position.value)));
    this.#over.addEventListener('pointerdown', (event) => this.#press(event));
    this.#over.addEventListener('pointermove', (event) => this.#hover(event));
    this.#over.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    new ResizeObserver(() => this.#resize()).observe(this.#holder);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#tints = readTints();
      this.#isStale = true;
    });
  }

  /** Another run, or another look at it. */
  show(scene: Scene, endMs: number): void {
    if (scene.heard !== this.#scene?.heard) {
      const [phones, features] = pictureLanes(scene.heard, scene.facts);
      this.#lanes = [ruler, waveform, events, ring, wake, sentence, phones as Lane, features as Lane];
    }
    const isNew = endMs !== this.#endMs;
    this.#scene = scene;
    this.#endMs = Math.max(1, endMs);
    this.#position.max = String(this.#endMs);
    this.#isStale = true;
    if (!isNew) return;
    this.#fit();
    this.#resize();
  }

  /** More was heard: paint anew. */
  refresh(): void {
    this.#isStale = true;
  }

  /** While a microphone is heard the end is where the sound is. */
  extend(endMs: number): void {
    this.#endMs = Math.max(1, endMs);
    this.#position.max = String(this.#endMs);
    const width = this.#view.width;
    const msPerPixel = Math.min(12, Math.max(this.#view.msPerPixel, 8_000 / width));
    this.#view = showing({ ...this.#view, msPerPixel }, endMs, endMs);
    this.#isStale = true;
  }

  /** Once a picture. */
  paint(atMs: number, isPlaying: boolean): void {
    if (!this.#scene) return;
    const startMs = performance.now();
    if (isPlaying && this.#isFollowing) {
      const view = showing(this.#view, atMs, this.#endMs);
      if (view !== this.#view) this.#isStale = true;
      this.#view = view;
    }
    if (this.#isStale) this.#paintLanes(this.#scene);
    this.#isStale = false;
    this.#paintHead(atMs);
    this.#position.value = String(atMs);
    this.#position.setAttribute('aria-valuetext', timeText(atMs));
    this.#clock.textContent = timeText(atMs);
    this.#play.textContent = isPlaying ? '❚❚' : '▶';
    this.#play.setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
    this.#time(performance.now() - startMs);
  }

  /** Says where it can be read how long a picture takes, smoothed: a test holds it to a budget. */
  #time(paintMs: number): void {
    this.#paintMs += (paintMs - this.#paintMs) / 16;
    const shown = this.#paintMs.toFixed(0);
    if (this.#holder.dataset.paintMs !== shown) this.#holder.dataset.paintMs = shown;
  }

  get #gutter(): number {
    return this.#holder.clientWidth < NARROW ? 0 : GUTTER;
  }

  get #labelHeight(): number {
    return this.#gutter === 0 ? 14 : 0;
  }

  #heightOf(lane: Lane): number {
    return lane.height + GAP + (lane.name === '' ? 0 : this.#labelHeight);
  }

  #step(byMs: number): void {
    this.#wishes.seek(Math.round(Number(this.#position.value) / STEP_MS) * STEP_MS + byMs);
  }

  #zoom(factor: number): void {
    const x = xOf(this.#view, Number(this.#position.value));
    const isSeen = x >= 0 && x <= this.#view.width;
    this.#view = zoomed(this.#view, factor, isSeen ? x : this.#view.width / 2, this.#endMs);
    this.#isStale = true;
  }

  #fit(): void {
    this.#view = fitting(this.#view.width, this.#endMs);
    this.#isStale = true;
  }

  #resize(): void {
    const width = Math.max(1, this.#holder.clientWidth - this.#gutter);
    const wasAll = this.#view.startMs === 0 && xOf(this.#view, this.#endMs) <= this.#view.width + 1;
    this.#view = wasAll || this.#view.width === 1 ? fitting(width, this.#endMs) : { ...this.#view, width };
    this.#view = showing(this.#view, Number(this.#position.value), this.#endMs);
    const height = this.#lanes.reduce((sum, lane) => sum + this.#heightOf(lane), 0);
    for (const canvas of [this.#base, this.#over]) {
      canvas.width = Math.round((width + this.#gutter) * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    this.#holder.style.height = `${height}px`;
    this.#isStale = true;
  }

  #context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    return context;
  }

  #paintLanes(scene: Scene): void {
    const context = this.#context(this.#base);
    let top = 0;
    for (const lane of this.#lanes) {
      context.save();
      context.translate(0, top);
      context.font = '12px system-ui, sans-serif';
      context.fillStyle = this.#tints.soft;
      context.textBaseline = this.#gutter > 0 ? 'middle' : 'top';
      context.fillText(lane.name, 0, this.#gutter > 0 ? Math.min(lane.height, 56) / 2 : 0);
      context.translate(this.#gutter, lane.name === '' ? 0 : this.#labelHeight);
      context.beginPath();
      context.rect(0, 0, this.#view.width, lane.height);
      context.clip();
      if (lane.name !== '') {
        context.fillStyle = this.#tints.ground;
        context.fillRect(0, 0, this.#view.width, lane.height);
      }
      lane.draw(context, this.#view, scene, this.#tints);
      context.restore();
      top += this.#heightOf(lane);
    }
  }

  #paintHead(atMs: number): void {
    const context = this.#context(this.#over);
    const x = xOf(this.#view, atMs);
    if (x < 0 || x > this.#view.width) return;
    context.fillStyle = this.#tints.main;
    context.fillRect(this.#gutter + x - 1, 0, 2, this.#over.height);
    context.beginPath();
    context.arc(this.#gutter + x, 5, 5, 0, 2 * Math.PI);
    context.fill();
  }

  #timeOf(event: MouseEvent): number {
    return timeAt(this.#view, event.clientX - this.#over.getBoundingClientRect().left - this.#gutter);
  }

  /** The event under the pointer, where its marker or its opinion is. */
  #eventAt(event: MouseEvent): EventLine | undefined {
    const y = event.clientY - this.#over.getBoundingClientRect().top;
    let top = 0;
    const lane = this.#lanes.find((each) => {
      top += this.#heightOf(each);
      return y < top;
    });
    if (lane !== events && lane !== wake && lane !== sentence) return undefined;
    const atMs = this.#timeOf(event);
    const nearMs = 9 * this.#view.msPerPixel;
    const near = (this.#scene?.heard.events ?? []).filter(
      (each) => kindOf(each) !== 'detail' && Math.abs(each.atMs - atMs) <= nearMs,
    );
    return near.sort((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs))[0];
  }

  #hover(event: PointerEvent): void {
    this.#over.style.cursor = this.#eventAt(event) ? 'pointer' : 'crosshair';
  }

  /** A press seeks, and goes on doing so while it is held; on an event it chooses. */
  #press(event: PointerEvent): void {
    const found = this.#eventAt(event);
    if (found) return this.#wishes.choose(found);
    this.#over.setPointerCapture(event.pointerId);
    this.#wishes.seek(this.#timeOf(event));
    const move = (moving: PointerEvent): void => this.#wishes.seek(this.#timeOf(moving));
    this.#over.addEventListener('pointermove', move);
    this.#over.addEventListener(
      'lostpointercapture',
      () => this.#over.removeEventListener('pointermove', move),
      {
        once: true,
      },
    );
  }

  #wheel(event: WheelEvent): void {
    const isZoom = event.ctrlKey || event.metaKey;
    if (!isZoom && Math.abs(event.deltaX) <= Math.abs(event.deltaY) && !event.shiftKey) return;
    event.preventDefault();
    const x = event.clientX - this.#over.getBoundingClientRect().left - this.#gutter;
    this.#view = isZoom
      ? zoomed(this.#view, Math.exp(-event.deltaY / 200), x, this.#endMs)
      : moved(this.#view, (event.deltaX || event.deltaY) * this.#view.msPerPixel, this.#endMs);
    this.#isStale = true;
  }
}
