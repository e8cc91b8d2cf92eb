import type { Store } from '../../../firmware/core/ports';
import { Dashboard } from '../../../firmware/dashboard/dashboard';
import type { MakeHome } from '../../../firmware/device/device';
import { MemoryStore } from '../../../firmware/fallbacks/memory-store';
import type { Pages } from '../../../firmware/record/ports';
import type { Updater } from '../../../firmware/update/updater';
import type { SimulatedEar } from '../io/simulated-ear';
import { nodeSeal } from '../record/node-seal';
import { Session } from '../session';
import { pageFiles } from './page-files';

export interface ServedOptions {
  readonly ear: SimulatedEar;
  readonly pixelCount: number;
  readonly pages: Pages;
  /** What outlasts its restarts, where it may have some; `stored` is for one of its own. */
  readonly store?: Store;
  readonly updater?: () => Updater | undefined;
  readonly stored?: Readonly<Record<string, string>>;
  readonly ringFrames?: boolean;
  /** Obliging unless said. */
  readonly makeHome?: MakeHome | undefined;
  readonly write: (line: string) => void;
}

/** What of the speaker's lines the page shows. */
const SHOWN = new Set([
  'booted',
  'muteChanged',
  'settingsChanged',
  'volumeChanged',
  'linkChanged',
  'nearMiss',
]);
const HOST_NAMES = ['localhost', 'earshot.local'];

/** A simulated speaker together with its dashboard. It takes the time of day from this computer. */
export function serveSpeaker({
  ear,
  pages,
  pixelCount,
  stored = {},
  store = new MemoryStore(stored),
  updater = () => undefined,
  ringFrames = false,
  makeHome,
  write,
}: ServedOptions): {
  readonly session: Session;
  readonly dashboard: Dashboard;
} {
  let dashboard: Dashboard | undefined;
  const session = new Session({
    ear,
    pixelCount,
    mute: [],
    ringFrames,
    store,
    epochMs: Date.now(),
    ...(makeHome ? { makeHome } : {}),
    record: {
      pages,
      seal: nodeSeal,
      onRecorded: (index, entry) => dashboard?.tellRecorded(index, entry),
      onErased: () => dashboard?.tellErased(),
    },
    write: (line) => {
      write(line);
      const { type, muted } = JSON.parse(line) as { type: string; muted?: boolean };
      if (type === 'muteChanged') dashboard?.switched(muted === true);
      if (SHOWN.has(type)) queueMicrotask(() => dashboard?.tellState());
    },
  });
  const { device } = session;
  dashboard = new Dashboard({
    state: () => device.runtime.state,
    change: (changes) => device.change(changes),
    desk: () => device.recorder,
    clock: {
      get nowMs() {
        return session.atMs;
      },
    },
    store,
    updater,
    seal: nodeSeal,
    file: pageFiles(),
    hostNames: HOST_NAMES,
  });
  return { session, dashboard };
}
