/** Which stretch of time is shown, and how wide. */
export interface View {
  readonly startMs: number;
  readonly msPerPixel: number;
  readonly width: number;
}

const LEAST_MS_PER_PIXEL = 0.5;

export function xOf(view: View, atMs: number): number {
  return (atMs - view.startMs) / view.msPerPixel;
}

export function timeAt(view: View, x: number): number {
  return view.startMs + x * view.msPerPixel;
}

export function fitting(width: number, endMs: number): View {
  return { startMs: 0, msPerPixel: Math.max(LEAST_MS_PER_PIXEL, endMs / Math.max(1, width)), width };
}

/** Times as wide around a point of the picture; never wider than the whole. */
export function zoomed(view: View, factor: number, x: number, endMs: number): View {
  const most = fitting(view.width, endMs).msPerPixel;
  const msPerPixel = Math.min(most, Math.max(LEAST_MS_PER_PIXEL, view.msPerPixel / factor));
  return within({ ...view, msPerPixel, startMs: timeAt(view, x) - x * msPerPixel }, endMs);
}

export function moved(view: View, byMs: number, endMs: number): View {
  return within({ ...view, startMs: view.startMs + byMs }, endMs);
}

/** So that `atMs` is in the picture. */
export function showing(view: View, atMs: number, endMs: number): View {
  const x = xOf(view, atMs);
  if (x >= 0 && x <= view.width * 0.9) return view;
  return within({ ...view, startMs: atMs - 0.15 * view.width * view.msPerPixel }, endMs);
}

function within(view: View, endMs: number): View {
  const mostStart = Math.max(0, endMs - view.width * view.msPerPixel);
  return { ...view, startMs: Math.max(0, Math.min(mostStart, view.startMs)) };
}

const STEPS_MS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 600_000];

/** Round times, far enough apart to be read. */
export function ticks(view: View): readonly number[] {
  const stepMs = STEPS_MS.find((step) => step / view.msPerPixel >= 70) ?? 3_600_000;
  const first = Math.ceil(view.startMs / stepMs) * stepMs;
  const count = Math.floor((timeAt(view, view.width) - first) / stepMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * stepMs);
}
