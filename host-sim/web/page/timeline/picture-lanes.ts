import { FEATURES, FRAME_MS, LISTENING, LOOKING, type SpeakerFacts } from '../../worker/messages';
import type { HeardSoFar } from '../heard-so-far';
import { spans, text } from './brush';
import type { Lane, Scene } from './lane';
import { GrowingPicture } from './picture';
import type { Tints } from './tints';
import { timeAt, type View, xOf } from './view';

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
