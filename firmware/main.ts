/** The speaker on a board: the only place where devices, models and the core are put together. Everything here happens
 * once, in the order in which it stands. */
import Clip from 'Resource';
import Digital from 'embedded:io/digital';
import I2C from 'embedded:io/i2c';
import WiFi from 'embedded:network/interface/wifi';
import storage from 'embedded:storage/key-value';
import config from 'mc/config';
import Time from 'time';
import Timer from 'timer';
import { type Configuration, loudspeakerOf } from './board';
import { equip, type Hearing, withModels } from './core/hearing';
import type { Store } from './core/ports';
import { SampleClock } from './core/sample-clock';
import { Device, type RecordPorts } from './device/device';
import NativeEar, { type HostBuffer } from './esp32/ear';
import NativeLoudspeaker from './esp32/loudspeaker';
import RecordFlash from './esp32/record-flash';
import resetReason from './esp32/reset/reset-reason';
import Resource from './esp32/resource';
import NativeRing from './esp32/ring';
import Seal from './esp32/seal';
import print from './esp32/serial/print';
import read from './esp32/serial/read';
import { AbsentHome } from './fallbacks/absent-home';
import { MemoryStore } from './fallbacks/memory-store';
import { ObligingHome } from './fallbacks/obliging-home';
import { TimedCues } from './fallbacks/timed-cues';
import { Button } from './io/button';
import { TickClock } from './io/clock';
import { LoudspeakerCues } from './io/cues';
import { ChipEar } from './io/ear';
import { WifiLink } from './io/link';
import { ChipMuteSwitch } from './io/mute-switch';
import {
  type I2CConnection,
  type Peripheral,
  type PeripheralDevices,
  startPeripherals,
} from './io/peripherals';
import { resetReasonOf } from './io/reset-reason';
import { EarshotRing } from './io/ring';
import { SerialLines } from './io/serial-lines';
import { KeyValueStore } from './io/store';

const TURN_MS = 20;
const STEP_MS = 1;
/** The resource that says how the others are used. */
const HEARING = 'hearing.json';
/** Each takes JavaScript some of its memory: 32 hold weeks. */
const RECORD_PAGES = 32;
/** A boot that failed shows it for so long before it is tried again. */
const SHOW_FAILURE_MS = 3_000;

const { board, peripherals: descriptions = {}, epochMs, ssid, password } = config as unknown as Configuration;
const { clip, pace = 'step' } = board.mic;
const isStepped = clip !== undefined && pace === 'step';
const loudspeaker = loudspeakerOf(board);

const ear = new ChipEar(NativeEar, {
  microphone: board.mic,
  mute: board.mute,
  loudspeaker: board.loudspeaker,
  ...(clip === undefined ? {} : { clip: new Clip(clip), pace }),
  onReadable: () => device.advance(),
});
const muteSwitch = new ChipMuteSwitch({
  ear,
  onChanged: (muted) => device.tellMute(muted),
  onReleased: () => device.tellMuteReleased(),
});
const device = new Device({
  ear,
  muteSwitch,
  ring: new EarshotRing(NativeRing, board.ring),
  store: openStore(),
  ...openRecord(),
  clock: isStepped ? new SampleClock(ear) : new TickClock(Time),
  resetReason: resetReasonOf(resetReason()),
  print,
  makeCues: (agenda, onEnded) =>
    isStepped || !loudspeaker
      ? new TimedCues(agenda, onEnded)
      : new LoudspeakerCues(NativeLoudspeaker, { ...loudspeaker, onEnded }),
  makeHome: (agenda, onDone) =>
    clip === undefined ? new AbsentHome(onDone) : new ObligingHome(agenda, onDone),
});
const button = openButton();
const serialLines = new SerialLines({ read, onLine: (line) => device.obey(line) });
print(`# earshot on ${board.name}${device.isSafeMode ? ', safe mode: the switch and the ring work' : ''}`);

const peripheralDevices: PeripheralDevices = {
  // the SDK's declaration lacks close, its class does not
  openI2C: (options) => new I2C(options) as unknown as I2CConnection,
  openOutput: (pin, value) => new Digital({ pin, mode: Digital.Output, initialValue: value }),
  wait: (ms, then) => void Timer.set(then, ms),
};
/** Kept, as a pin or bus that nobody holds is let go. */
const peripherals: Peripheral[] = [];

if (!isStepped) Timer.repeat(advance, TURN_MS);
device.boot(
  [
    { stage: 'sound', run: openSound },
    { stage: 'models', run: openModels },
    { stage: 'wakeWords', run: loadWakeWords },
    { stage: 'commands', run: loadCommands },
    { stage: 'microphone', run: openEar },
    { stage: 'network', run: openLink },
  ],
  soon,
  () => {
    if (epochMs !== undefined) device.tellTime(epochMs);
    if (isStepped) Timer.repeat(hearClip, device.isSafeMode ? TURN_MS : STEP_MS);
  },
);

function advance(): void {
  serialLines.poll();
  button?.poll(Time.ticks);
  device.advance();
}

/** A flash that cannot be opened costs the settings, not the speaker. */
function openStore(): Store {
  try {
    return new KeyValueStore(storage.open({ path: 'earshot', format: 'string' }));
  } catch (error) {
    print(`# settings are not kept: ${error}`);
    return new MemoryStore();
  }
}

/** A flash that has no place for it costs the record, not the speaker. */
function openRecord(): { readonly record?: RecordPorts } {
  try {
    return { record: { pages: RecordFlash.open(RECORD_PAGES), seal: new Seal() } };
  } catch (error) {
    print(`# no record is kept: ${error}`);
    return {};
  }
}

function openButton(): Button | undefined {
  if (!board.button) return undefined;
  const { pin, active, pull } = board.button;
  const modes = { none: Digital.Input, up: Digital.InputPullUp, down: Digital.InputPullDown };
  const line = new Digital({ pin, mode: modes[pull] });
  return new Button({
    isDown: () => (line.read() === 1) === (active === 'high'),
    onPressed: () => device.tellButton(),
    onHeld: () => device.tellButtonHeld(),
  });
}

function openSound(done: () => void): void {
  startPeripherals(clip === undefined ? board : {}, descriptions, peripheralDevices, (started, problems) => {
    peripherals.push(...started);
    for (const problem of problems) device.tellFault(problem);
    device.openCues();
    done();
  });
}

/** Without them it hears nothing, and would no more after another boot: the switch and the ring go on. */
function openModels(done: () => void, giveUp: (why: string) => void): void {
  try {
    const refused = Resource.open();
    if (refused !== undefined) device.tellFault(`older models than the newest: ${refused}`);
  } catch (error) {
    return giveUp(`no models: ${(error as Error).message}`);
  }
  done();
}

/** By the names of the resources. */
function hearing(): Hearing<string> {
  return JSON.parse(Resource.text(HEARING)) as Hearing<string>;
}

function loadWakeWords(done: () => void, giveUp: (why: string) => void): void {
  const { commands: _, ...words } = hearing();
  hearWith(words, done, giveUp);
}

function loadCommands(done: () => void, giveUp: (why: string) => void): void {
  const { commands } = hearing();
  if (!commands) return done();
  readFast(commands.phones.model);
  hearWith({ commands }, done, giveUp);
}

/** What the ear refuses, as the file that was flashed is one of other things, it would refuse at the next boot too. */
function hearWith(part: Partial<Hearing<string>>, done: () => void, giveUp: (why: string) => void): void {
  try {
    equip(ear, withModels(part, resource));
  } catch (error) {
    if (error instanceof RangeError) return giveUp(`models that do not fit: ${error.message}`);
    throw error;
  }
  done();
}

/** A megabyte 33 times a second is as much as flash can give. */
function readFast(phoneModel: string): void {
  const short = Resource.copyToPsram(phoneModel);
  if (short === undefined) return;
  device.tellFault(`the phone model is read from flash, so commands may come late: ${short}`);
}

function resource(name: string): HostBuffer {
  return new Resource(name);
}

function openEar(done: () => void): void {
  ear.start();
  done();
}

function openLink(done: () => void): void {
  if (clip === undefined && ssid !== undefined) {
    const { agenda } = device;
    const accessPoint = { SSID: ssid, ...(password === undefined ? {} : { password }) };
    new WifiLink(WiFi, { ...accessPoint, agenda, onChanged: (isUp) => device.tellLink(isUp) });
  }
  done();
}

/** What fails here failed before the speaker could hear: shown, written down, and tried again by a restart, until the
 * count of failed boots leads to safe mode. */
function soon(turn: () => void): void {
  Timer.set(() => {
    try {
      turn();
    } catch (error) {
      device.tellFault(`the boot failed: ${error}`);
      Timer.set(() => {
        throw error;
      }, SHOW_FAILURE_MS);
    }
  });
}

function hearClip(timer: Timer): void {
  if (!device.isSafeMode && !ear.step()) {
    Timer.clear(timer);
    print('# the clip is over');
  } else advance();
}
