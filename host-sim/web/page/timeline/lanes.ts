import { FRAME_MS, MUTED } from '../../worker/messages';
import { kindOf } from '../wording';
import { onScreen, spans, text, timeText, tintOf } from './brush';
import type { Lane } from './lane';
import { ticks, timeAt, xOf } from './view';

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

function meanColour(rgb: string): string {
  const sums = [0, 0, 0];
  for (let at = 0; at + 6 <= rgb.length; at += 6)
    for (const channel of [0, 1, 2])
      sums[channel] =
        (sums[channel] as number) + Number.parseInt(rgb.slice(at + 2 * channel, at + 2 * channel + 2), 16);
  const pixels = Math.max(1, rgb.length / 6);
  return `rgb(${sums.map((sum) => onScreen(Math.min(255, (2 * sum) / pixels))).join(' ')})`;
}
