import wrapAnsi from 'wrap-ansi';
import { type Paint, type Style, toWidth } from '../../../cli/terminal';
import type { EventLine } from '../expect/expectations';
import { type Layout, layoutFor, shortened, TIME, WHAT } from './layout';
import { brightness, drawRing } from './ring-picture';
import {
  describeConsequence,
  describeDuration,
  describePhase,
  describeRow,
  describeTime,
  type Wording,
} from './wording';

/** A row shows the brightest picture of this time: what a glance would catch of the animation. */
export const GLANCE_MS = 400;
/** The same for somebody who is waiting for the row. */
export const LIVE_GLANCE_MS = 100;

interface Row extends Wording {
  readonly atMs: number;
  readonly actions: string[];
  readonly muted: boolean;
  ring?: string;
}

export interface TimelineOptions {
  readonly paint: Paint;
  readonly ringPixels: number;
  /** Also a row for each picture of the ring. */
  readonly frames: boolean;
  readonly glanceMs: number;
  /** Columns of the terminal, which a person may change meanwhile. */
  readonly width: () => number;
  readonly write: (line: string) => void;
}

/** Turns event lines into rows for people: time, event, confidence, what follows, ring. */
export class Timeline {
  readonly #options: TimelineOptions;
  #row: Row | undefined;
  #ring = '';
  #mutedSinceMs: number | undefined;

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  get #layout(): Layout {
    return layoutFor(this.#options.width(), this.#options.ringPixels);
  }

  /** The names of the columns. */
  header(): void {
    const names = this.#columns('time', 'event', 'what was heard', 'sure', 'what follows');
    const ring = 'ring'.slice(0, this.#layout.ring);
    this.#options.write(this.#options.paint.style(`  ${names}${ring}`, 'faint'));
  }

  take(event: EventLine): void {
    if (event.type === 'ringFrame') {
      this.#takeFrame(event);
      return;
    }
    const consequence = describeConsequence(event);
    if (consequence !== undefined && this.#row?.atMs === event.atMs) this.#row.actions.push(consequence);
    const wording = describeRow(event) ?? this.#unlessSaid(event);
    if (!wording) return;
    this.flush();
    this.#noteMute(event);
    const muted = this.#mutedSinceMs !== undefined || event.type === 'muteChanged';
    this.#row = {
      ...wording,
      atMs: event.atMs,
      muted,
      actions: wording.action === undefined ? [] : [wording.action],
    };
  }

  /** Shows the row in hand when its glance is over. */
  settle(nowMs: number): void {
    if (this.#row && nowMs >= this.#row.atMs + this.#options.glanceMs) this.flush();
  }

  /** Shows the row in hand. */
  flush(): void {
    const row = this.#row;
    this.#row = undefined;
    if (row) this.#writeRow(row);
  }

  /** The line that moves at the bottom of a live terminal. */
  liveLine(atMs: number): string {
    const { paint } = this.#options;
    const line = `  ${this.#columns(describeTime(atMs), '', '', '', '')}`;
    return paint.style(line, 'faint') + this.#drawRing(this.#ring);
  }

  /** A phase is a row only when no event of the same moment explains it. */
  #unlessSaid(event: EventLine): Wording | undefined {
    return this.#row?.atMs === event.atMs ? undefined : describePhase(event);
  }

  #takeFrame(event: EventLine): void {
    const rgb = String(event.rgb);
    const isOfThisRow = this.#row?.atMs === event.atMs;
    if (this.#options.frames && !isOfThisRow) this.flush();
    this.settle(event.atMs);
    if (this.#row && brightness(rgb) >= brightness(this.#row.ring ?? '')) this.#row.ring = rgb;
    this.#ring = rgb;
    if (this.#options.frames && !isOfThisRow) this.#writeFrame(event.atMs, rgb);
  }

  #writeFrame(atMs: number, rgb: string): void {
    const gutter = this.#gutter(this.#mutedSinceMs !== undefined);
    this.#options.write(gutter + this.#columns(describeTime(atMs), '', '', '', '') + this.#drawRing(rgb));
  }

  #noteMute(event: EventLine): void {
    if (event.type !== 'muteChanged') return;
    if (event.muted === true) {
      this.#mutedSinceMs = event.atMs;
    } else if (this.#mutedSinceMs !== undefined) {
      const length = describeDuration((event.atMs - this.#mutedSinceMs) / 1000);
      this.#writeRow({
        atMs: -1,
        what: '⋮',
        text: `nothing heard for ${length}`,
        style: 'faint',
        actions: [],
        muted: true,
      });
      this.#mutedSinceMs = undefined;
    }
  }

  #writeRow(row: Row): void {
    const { paint, write } = this.#options;
    const layout = this.#layout;
    const texts = wrapAnsi(row.text ?? '', layout.text).split('\n');
    const actions = wrapAnsi(row.actions.join(' · '), layout.action).split('\n');
    for (let i = 0; i < Math.max(texts.length, actions.length); i++) {
      const isFirst = i === 0;
      const columns = this.#columns(
        isFirst && row.atMs >= 0 ? describeTime(row.atMs) : '',
        isFirst ? row.what : '',
        texts[i] ?? '',
        isFirst && row.confidence !== undefined ? `${Math.round(row.confidence * 100)} %` : '',
        actions[i] ?? '',
        row.style,
      );
      const ring = isFirst ? this.#drawRing(row.ring ?? this.#ring) : ' '.repeat(layout.ring);
      const line = `${this.#gutter(row.muted)}${columns}${ring}`;
      write(row.muted ? paint.shade(line) : line.trimEnd());
    }
  }

  #gutter(muted: boolean): string {
    return muted ? this.#options.paint.style('▒ ', 'red') : '  ';
  }

  #columns(
    time: string,
    what: string,
    words: string,
    confidence: string,
    action: string,
    style: Style = 'plain',
  ): string {
    const { paint } = this.#options;
    const start = `${paint.style(time.padStart(TIME), 'faint')}  ${paint.style(toWidth(what, WHAT), style)} `;
    const { text, confidence: sure, action: follows } = this.#layout;
    const middle = paint.style(toWidth(words, text), style === 'faint' ? 'faint' : 'plain');
    const right = sure > 0 ? ` ${confidence.padStart(sure)}` : '';
    return `${start}${middle}${right}  ${toWidth(action, follows)}  `;
  }

  #drawRing(rgb: string): string {
    const { ring } = this.#layout;
    return drawRing(shortened(rgb || '0'.repeat(6 * ring), ring), this.#options.paint);
  }
}
