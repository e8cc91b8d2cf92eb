import type { EventLine } from '../../../tools/replay/expect/expectations';
import { FRAME_MS, LOOKING } from '../../worker/messages';
import { CLOSE_MS, FONT, percent, spans, text } from './brush';
import type { Lane } from './lane';
import type { Tints } from './tints';
import { timeAt, type View, xOf } from './view';

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
      if (view.msPerPixel < CLOSE_MS)
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
    let freeFrom = 0;
    for (const event of heard.events)
      if (isOpinion(event))
        freeFrom = opinion(context, view, event, { height: this.height, freeFrom }, tints);
  },
};

function isOpinion({ type }: EventLine): boolean {
  return type === 'wakeWordHeard' || type === 'nearMiss';
}

/** What the second look came to, where there is room for it. Returns where the next has room. */
function opinion(
  context: CanvasRenderingContext2D,
  view: View,
  event: EventLine,
  { height, freeFrom }: { readonly height: number; readonly freeFrom: number },
  tints: Tints,
): number {
  const isHeard = event.type === 'wakeWordHeard';
  const x = xOf(view, event.atMs) + 5;
  const tint = isHeard ? tints.wake : tints.soft;
  const parts = view.msPerPixel < CLOSE_MS ? opinions(event, isHeard) : isHeard ? [`“${event.word}”`] : [];
  if (parts.length === 0 || x < freeFrom) return freeFrom;
  context.font = `600 12px ${FONT}`;
  const width = Math.max(...parts.map((part) => context.measureText(part).width));
  context.fillStyle = `color-mix(in srgb, ${tints.ground} 80%, transparent)`;
  context.fillRect(x - 4, 1, width + 8, 15 * parts.length + 4);
  for (const [index, part] of parts.entries())
    text(context, part, { x, y: 10 + index * 15, tint, weight: index === 0 ? 600 : 400 });
  context.fillStyle = tint;
  context.fillRect(x - 5, 0, 1, height);
  return x + width + 8;
}

function opinions(
  { confidence, reason, lossNats, verifier }: EventLine,
  isHeard: boolean,
): readonly string[] {
  const verdict = isHeard ? 'heard' : reason === 'vetoed' ? 'not the word' : 'too unsure';
  return [
    `${verdict} ${percent(confidence)}`,
    ...(lossNats === undefined ? [] : [`a phone loses ${Number(lossNats).toFixed(1)} nats`]),
    ...(verifier === undefined ? [] : [`verifier ${Number(verifier).toFixed(1)}`]),
  ];
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
