import type { EventLine } from '../expect/expectations';

export interface OpenedRecording {
  readonly path: string;
  /** Unknown while it is still being spoken. */
  readonly soundMs?: number;
  readonly conversion?: string;
  /** For people only. */
  readonly hint?: string;
}

/** How a recording begins, as an event. */
export function openedEvent({ path, soundMs, conversion }: OpenedRecording): EventLine {
  return {
    atMs: 0,
    type: 'recordingOpened',
    file: path,
    ...(soundMs === undefined ? {} : { durationMs: soundMs }),
    ...(conversion === undefined ? {} : { conversion }),
  };
}

/** One line of `--json`: an event with the recording to which it belongs. */
export function jsonLine({ atMs, type, ...fields }: EventLine, file: string): string {
  return JSON.stringify({ atMs, type, file, ...fields });
}
