/** A stretch of the recording during which the mute switch is closed, in milliseconds of sample time. */
export interface MuteSpan {
  readonly startMs: number;
  readonly endMs: number;
}

export interface MuteEdge {
  readonly sample: number;
  readonly muted: boolean;
}

export const SAMPLES_PER_MS = 16;

/** The moments at which the switch moves, in order. Spans that touch or overlap become one: a slide switch that is
 * already closed has no edge to give. Throws RangeError on a span that ends before it starts. */
export function muteEdges(spans: readonly MuteSpan[]): MuteEdge[] {
  const edges: MuteEdge[] = [];
  let openAgainMs = -1;
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    if (!(span.startMs >= 0 && span.endMs > span.startMs)) {
      throw new RangeError(
        `mute span ${span.startMs}–${span.endMs} ms: it must start at 0 or later and end after it starts`,
      );
    }
    if (span.startMs > openAgainMs) edges.push(edge(span.startMs, true), edge(span.endMs, false));
    else if (span.endMs > openAgainMs) edges[edges.length - 1] = edge(span.endMs, false);
    openAgainMs = Math.max(openAgainMs, span.endMs);
  }
  return edges;
}

/** Reads `2.5-6,9-10` (seconds). Throws RangeError naming the part that is wrong. */
export function parseMuteSpans(text: string): MuteSpan[] {
  return text.split(',').map((part) => {
    const match = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*-\s*(\d+(?:\.\d*)?|\.\d+)\s*$/.exec(part);
    const startMs = Math.round(Number(match?.[1]) * 1000);
    const endMs = Math.round(Number(match?.[2]) * 1000);
    if (!match || !(endMs > startMs)) {
      throw new RangeError(`'${part.trim()}' is no stretch of time: write START-END in seconds, like 2.5-6`);
    }
    return { startMs, endMs };
  });
}

function edge(atMs: number, muted: boolean): MuteEdge {
  return { sample: Math.round(atMs * SAMPLES_PER_MS), muted };
}
