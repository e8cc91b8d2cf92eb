import type { EventLine } from '../../../tools/replay/expect/expectations';
import { FEATURES, FRAME_MS, LISTENING, LOOKING, MUTED, type SpeakerFacts } from '../../worker/messages';
import type { HeardSoFar } from '../heard-so-far';
import { type Kind, kindOf } from '../wording';
import type { Peaks } from './peaks';
import { GrowingPicture } from './picture';
import type { Tints } from './tints';
import { ticks, timeAt, type View, xOf } from './view';

export interface Scene {
  readonly heard: HeardSoFar;
  readonly peaks: Peaks;
  readonly facts: SpeakerFacts;
  readonly sensitivity: 'low' | 'normal' | 'high';
  readonly chosen: EventLine | undefined;
}

export interface Lane {
  readonly name: string;
  readonly height: number;
  /** Paints from y = 0 to its height. */
  draw(context: CanvasRenderingContext2D, view: View, scene: Scene, tints: Tints): void;
}

const FONT = 'system-ui, sans-serif';

export function tintOf(kind: Kind, tints: Tints): string {
  switch (kind) {
    case 'wake':
      return tints.wake;
    case 'command':
      return tints.command;
    case 'doubt':
      return tints.doubt;
    case 'mute':
      return tints.muted;
    default:
      return tints.soft;
  }
}

/** Stretches of frames in which a flag is set. */
function* spans(
  heard: HeardSoFar,
  flag: number,
  view: View,
): Generator<readonly [fromMs: number, toMs: number]> {
  const from = Math.max(0, Math.floor(view.startMs / FRAME_MS) - 1);
  const to = Math.min(heard.frames, Math.ceil(timeAt(view, view.width) / FRAME_MS) + 1);
  let start = -1;
  for (let frame = from; frame <= to; frame++) {
    const isSet = frame < to && (heard.flags.at(frame) & flag) !== 0;
    if (isSet && start < 0) start = frame;
    if (isSet || start < 0) continue;
    yield [start * FRAME_MS, frame * FRAME_MS];
    start = -1;
  }
}

function text(
  context: CanvasRenderingContext2D,
  said: string,
  {
    x,
    y,
    tint,
    size = 12,
    most,
    weight = 400,
  }: { x: number; y: number; tint: string; size?: number; most?: number; weight?: number },
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = tint;
  context.textBaseline = 'middle';
  let shown = said;
  if (most !== undefined) {
    if (most < 14) return;
    while (shown.length > 1 && context.measureText(shown).width > most)
      shown = `${shown.slice(0, -2).trimEnd()}…`;
  }
  context.fillText(shown, x, y);
}

function timeText(atMs: number, isFine: boolean): string {
  const minutes = Math.floor(atMs / 60_000);
  const seconds = (atMs % 60_000) / 1000;
  return `${minutes}:${isFine ? seconds.toFixed(2).padStart(5, '0') : String(Math.floor(seconds)).padStart(2, '0')}`;
}

export const ruler: Lane = {
  name: '',
  height: 20,
  draw(context, view, _scene, tints) {
    const times = ticks(view);
    const isFine = (times[1] ?? 1000) - (times[0] ?? 0) < 1000;
    for (const atMs of times) {
      const x = Math.round(xOf(view, atMs)) + 0.5;
      context.strokeStyle = tints.line;
      context.beginPath();
      context.moveTo(x, 12);
      context.lineTo(x, 20);
      context.stroke();
      text(context, timeText(atMs, isFine), { x: x + 3, y: 10, tint: tints.soft, size: 11 });
    }
  },
};

export const waveform: Lane = {
  name: 'Sound',
  height: 56,
  draw(context, view, { peaks }, tints) {
    const middle = this.height / 2;
    context.fillStyle = tints.soft;
    for (let x = 0; x < view.width; x++) {
      const from = Math.floor(timeAt(view, x) / FRAME_MS);
      const loudest = peaks.among(from, Math.ceil(timeAt(view, x + 1) / FRAME_MS));
      const half = Math.max(0.5, Math.min(1, Math.sqrt(loudest)) * (middle - 2));
      context.fillRect(x, middle - half, 1, 2 * half);
    }
  },
};

export const events: Lane = {
  name: 'Events',
  height: 24,
  draw(context, view, { heard, chosen }, tints) {
    for (const event of heard.events) {
      const kind = kindOf(event);
      const x = xOf(view, event.atMs);
      if (x < -10 || x > view.width + 10) continue;
      context.fillStyle = tintOf(kind, tints);
      if (kind === 'detail') context.fillRect(x - 0.5, 9, 1, 6);
      else {
        context.beginPath();
        context.arc(x, 12, event === chosen ? 8 : 5.5, 0, 2 * Math.PI);
        context.fill();
      }
      if (event !== chosen) continue;
      context.strokeStyle = tints.ink;
      context.lineWidth = 2;
      context.stroke();
      context.lineWidth = 1;
    }
  },
};

/** The ring as a strip: the mean colour of each of its pictures. */
export const ring: Lane = {
  name: 'Ring, state',
  height: 26,
  draw(context, view, { heard }, tints) {
    for (let x = 0; x < view.width; x += 2) {
      const atMs = timeAt(view, x);
      if (atMs < 0 || atMs > heard.endMs) continue;
      const picture = heard.pictureAt(atMs);
      if (/^0*$/.test(picture)) continue;
      context.fillStyle = meanColour(picture);
      context.fillRect(x, 0, 2, 6);
    }
    const changes = heard.events.filter(({ type }) => type === 'phaseChanged');
    for (const [index, event] of changes.entries()) {
      const from = xOf(view, event.atMs);
      const to = Math.min(view.width, xOf(view, changes[index + 1]?.atMs ?? heard.endMs));
      if (to < 0 || from > view.width || event.to === 'idle') continue;
      context.fillStyle = `color-mix(in srgb, ${tints.main} 18%, transparent)`;
      context.fillRect(from, 8, to - from, 18);
      text(context, String(event.to), {
        x: Math.max(0, from) + 3,
        y: 17,
        tint: tints.ink,
        size: 11,
        most: to - from - 5,
      });
    }
    for (const [fromMs, toMs] of spans(heard, MUTED, view)) {
      const [from, to] = [xOf(view, fromMs), xOf(view, toMs)];
      context.fillStyle = `color-mix(in srgb, ${tints.muted} 25%, transparent)`;
      context.fillRect(from, 8, to - from, 18);
      text(context, 'muted', {
        x: Math.max(0, from) + 3,
        y: 17,
        tint: tints.muted,
        size: 11,
        most: to - from - 5,
        weight: 600,
      });
    }
  },
};

/** An LED's value is light, a screen's is not: the sRGB curve, near enough. */
export function onScreen(value: number): number {
  return Math.round(255 * (value / 255) ** (1 / 2.4));
}

function meanColour(rgb: string): string {
  const sums = [0, 0, 0];
  for (let at = 0; at + 6 <= rgb.length; at += 6)
    for (const channel of [0, 1, 2])
      sums[channel] =
        (sums[channel] as number) + Number.parseInt(rgb.slice(at + 2 * channel, at + 2 * channel + 2), 16);
  const pixels = Math.max(1, rgb.length / 6);
  return `rgb(${sums.map((sum) => onScreen(Math.min(255, (2 * sum) / pixels))).join(' ')})`;
}

export const wake: Lane = {
  name: 'Wake word',
  height: 64,
  draw(context, view, { heard, facts, sensitivity }, tints) {
    const y = (share: number): number => this.height - 3 - share * (this.height - 8);
    for (const [fromMs, toMs] of spans(heard, LOOKING, view)) {
      context.fillStyle = `color-mix(in srgb, ${tints.wake} 20%, transparent)`;
      context.fillRect(xOf(view, fromMs), 0, xOf(view, toMs) - xOf(view, fromMs), this.height);
    }
    const point = facts.wakeWords[0]?.points[sensitivity];
    if (point) {
      dashed(context, view.width, y(point.lookCutoff), tints.wake);
      text(context, 'second look from here', {
        x: 4,
        y: y(point.lookCutoff) - 8,
        tint: tints.wake,
        size: 10,
      });
    }
    context.beginPath();
    for (let x = 0; x < view.width; x++) {
      const from = Math.floor(timeAt(view, x) / FRAME_MS);
      if (from < 0 || from >= heard.frames) continue;
      let most = 0;
      const to = Math.max(from + 1, Math.ceil(timeAt(view, x + 1) / FRAME_MS));
      for (let frame = from; frame < to; frame++) most = Math.max(most, heard.wake.at(frame));
      context.lineTo(x, y(most / 65_535));
    }
    context.strokeStyle = tints.ink;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineWidth = 1;
    for (const event of heard.events) if (isOpinion(event)) opinion(context, view, event, this.height, tints);
  },
};

function isOpinion({ type }: EventLine): boolean {
  return type === 'wakeWordHeard' || type === 'nearMiss';
}

/** What the second look came to, where there is room for it. */
function opinion(
  context: CanvasRenderingContext2D,
  view: View,
  event: EventLine,
  height: number,
  tints: Tints,
): void {
  const isHeard = event.type === 'wakeWordHeard';
  const x = xOf(view, event.atMs) + 5;
  const tint = isHeard ? tints.wake : tints.soft;
  if (view.msPerPixel > 20) {
    if (isHeard) text(context, `“${event.word}”`, { x, y: 10, tint, size: 12, weight: 600 });
    return;
  }
  const parts = [
    `${isHeard ? 'heard' : event.reason === 'vetoed' ? 'not the word' : 'too unsure'} ${Math.round(Number(event.confidence) * 100)} %`,
    event.lossNats === undefined ? '' : `a phone loses ${Number(event.lossNats).toFixed(1)} nats`,
    event.verifier === undefined ? '' : `verifier ${Number(event.verifier).toFixed(1)}`,
  ].filter((part) => part !== '');
  for (const [index, part] of parts.entries())
    text(context, part, { x, y: 10 + index * 15, tint, size: 11, weight: index === 0 ? 600 : 400 });
  context.fillStyle = tint;
  context.fillRect(x - 5, 0, 1, height);
}

function dashed(context: CanvasRenderingContext2D, width: number, y: number, tint: string): void {
  context.save();
  context.setLineDash([4, 4]);
  context.strokeStyle = tint;
  context.beginPath();
  context.moveTo(0, Math.round(y) + 0.5);
  context.lineTo(width, Math.round(y) + 0.5);
  context.stroke();
  context.restore();
}

/** What the decoder believes while it listens, and what it came to. */
export const sentence: Lane = {
  name: 'Sentence',
  height: 42,
  draw(context, view, { heard }, tints) {
    for (const [fromMs, toMs] of spans(heard, LISTENING, view)) {
      context.fillStyle = `color-mix(in srgb, ${tints.main} 10%, transparent)`;
      context.fillRect(xOf(view, fromMs), 0, xOf(view, toMs) - xOf(view, fromMs), this.height);
    }
    this.beliefs(context, view, heard, tints);
    const all = heard.events;
    for (const [index, event] of all.entries()) {
      const isSure = event.type === 'commandHeard';
      const isEnd = isSure || event.type === 'commandDoubted' || event.type === 'speechEnded';
      if (!isEnd) continue;
      const next = all.slice(index + 1).find(({ type }) => type === 'listen');
      const x = Math.max(xOf(view, event.atMs) + 4, 4);
      const most = Math.min(view.width, next ? xOf(view, next.atMs) : view.width) - x - 4;
      if (xOf(view, event.atMs) > view.width || most < 0) continue;
      const said =
        isEnd && event.words !== undefined ? `“${event.words}” ${percent(event.confidence)}` : endOf(event);
      const tint = isSure ? tints.command : event.type === 'commandDoubted' ? tints.doubt : tints.soft;
      text(context, said, { x, y: 12, tint, most, weight: 600 });
    }
  },
  beliefs(context: CanvasRenderingContext2D, view: View, heard: HeardSoFar, tints: Tints) {
    const partials = heard.events.filter(
      ({ type }) => type === 'partial' || type === 'stopListening' || type === 'listen',
    );
    for (const [index, event] of partials.entries()) {
      if (event.type !== 'partial') continue;
      const from = xOf(view, event.atMs);
      const to = xOf(view, partials[index + 1]?.atMs ?? heard.endMs);
      if (to < 0 || from > view.width) continue;
      context.fillStyle = tints.line;
      context.fillRect(from, 24, 1, 18);
      text(context, wordsOf(event).at(-1) ?? '', {
        x: from + 3,
        y: 32,
        tint: tints.soft,
        size: 11,
        most: to - from - 4,
      });
    }
  },
} as Lane & { beliefs(context: CanvasRenderingContext2D, view: View, heard: HeardSoFar, tints: Tints): void };

/** The words among the marks of a grammar. */
export function wordsOf({ tokens }: EventLine): readonly string[] {
  return ((tokens ?? []) as readonly string[]).filter((token) => /^[\p{L}\p{N}']/u.test(token));
}

function endOf({ type, reason }: EventLine): string {
  if (type !== 'speechEnded') return '';
  return reason === 'silence' ? 'nobody said more' : 'not understood';
}

function percent(share: unknown): string {
  return `${Math.round(Number(share) * 100)} %`;
}

/** Lanes that are pictures belong to one run. */
export function pictureLanes(heard: HeardSoFar, facts: SpeakerFacts): readonly Lane[] {
  const phones = new GrowingPicture({
    rows: facts.phones.length,
    count: () => heard.phoneFrames,
    value: (column, row) => Math.round(255 * Math.sqrt(heard.probability(column, row + 1))),
  });
  const features = new GrowingPicture({
    rows: FEATURES,
    count: () => heard.frames,
    value: (column, row) => {
      const value = heard.feature(column, FEATURES - 1 - row) + 128;
      return value === 0 ? 0 : Math.max(1, value);
    },
  });
  return [
    {
      name: 'Phones',
      height: 117,
      draw(context, view, scene, tints) {
        const place = { top: 0, height: this.height, columnMs: FRAME_MS, shiftMs: -facts.lookAheadMs };
        context.globalAlpha = 0.45;
        phones.draw(context, view, place, tints);
        context.globalAlpha = 1;
        for (const [fromMs, toMs] of [
          ...spans(scene.heard, LISTENING, view),
          ...spans(scene.heard, LOOKING, view),
        ]) {
          context.save();
          context.beginPath();
          const back = facts.lookAheadMs;
          context.rect(xOf(view, fromMs - back), 0, (toMs - fromMs) / view.msPerPixel, this.height);
          context.clip();
          phones.draw(context, view, place, tints);
          context.restore();
        }
        if (view.msPerPixel < 8) phoneNames(context, view, scene, this.height, tints);
      },
    },
    {
      name: 'Features',
      height: 80,
      draw(context, view, _scene, tints) {
        features.draw(context, view, { top: 0, height: this.height, columnMs: FRAME_MS, shiftMs: 0 }, tints);
      },
    },
  ];
}

/** The likeliest phone where it begins. */
function phoneNames(
  context: CanvasRenderingContext2D,
  view: View,
  { heard, facts }: Scene,
  height: number,
  tints: Tints,
): void {
  const from = Math.max(0, Math.floor((view.startMs + facts.lookAheadMs) / FRAME_MS));
  const to = Math.min(
    heard.phoneFrames,
    Math.ceil((timeAt(view, view.width) + facts.lookAheadMs) / FRAME_MS),
  );
  let last = 0;
  for (let frame = from; frame < to; frame++) {
    let best = 0;
    for (let phone = 1; phone <= facts.phones.length; phone++)
      if (heard.probability(frame, phone) > heard.probability(frame, best)) best = phone;
    if (best !== 0 && best !== last) {
      const x = xOf(view, frame * FRAME_MS - facts.lookAheadMs);
      const y = Math.max(8, Math.min(height - 8, ((best - 0.5) / facts.phones.length) * height - 9));
      text(context, facts.phones[best - 1] as string, { x, y, tint: tints.ink, size: 11, weight: 600 });
    }
    last = best;
  }
}
