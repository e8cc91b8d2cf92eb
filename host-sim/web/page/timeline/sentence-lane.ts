import type { EventLine } from '../../../tools/replay/expect/expectations';
import { LISTENING } from '../../worker/messages';
import type { HeardSoFar } from '../heard-so-far';
import { wordsOf } from '../wording';
import { percent, spans, text } from './brush';
import type { Lane } from './lane';
import type { Tints } from './tints';
import { type View, xOf } from './view';

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

function endOf({ type, reason }: EventLine): string {
  if (type !== 'speechEnded') return '';
  return reason === 'silence' ? 'nobody said more' : 'not understood';
}
