/** The speaker in Home Assistant itself, behind a real broker: `npm run test:ha`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHomeFile } from '../../host-sim/packages/home-file';
import { ROOT } from '../../host-sim/packages/root';
import { loadSpeaker } from '../../host-sim/packages/speaker';
import { BrokerHome } from '../../host-sim/sim/mqtt/broker-home';
import { HOP_SAMPLES, Session } from '../../host-sim/sim/session';
import { createEar } from '../../host-sim/sim/wasm/natives';
import type { WasmEar } from '../../host-sim/sim/wasm/wasm-ear';
import { demoRecording } from '../../host-sim/tools/replay/recordings/demo';
import { freePort, Mosquitto } from '../host-sim/sim/mqtt/mosquitto';
import { HomeAssistant, install, whatIsMissing } from './home-assistant';

const ACCESS = { user: 'earshot', password: 'not in the clear' };
const STEP_MS = 10;
/** The automation of the how-to page, as it stands there. */
const PAGE = readFileSync(join(ROOT, 'models/home/LIGHTS.md'), 'utf8');
const AUTOMATION = /```yaml\n(automation:[\s\S]*?)```/.exec(PAGE)?.[1] ?? '';

interface Line {
  readonly atMs: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A simulated speaker that lives by the world's clock. */
class LiveSpeaker {
  readonly lines: Line[] = [];
  readonly home: BrokerHome;
  readonly session: Session;
  readonly #ear: WasmEar;
  readonly #timer: NodeJS.Timeout;
  #waiting: Int16Array = new Int16Array(0);

  static async start(port: number): Promise<LiveSpeaker> {
    const { hearing } = await loadSpeaker({ wake: ['jarvis'], board: 'esp32-s3-devkitc' });
    return new LiveSpeaker(createEar(hearing), port);
  }

  private constructor(ear: WasmEar, port: number) {
    this.#ear = ear;
    this.home = new BrokerHome({
      broker: { host: '127.0.0.1', port, isSecure: false, ...ACCESS },
      map: readHomeFile(join(ROOT, 'models/home/maps/home-assistant.yaml')),
      board: 'esp32-s3-devkitc',
      version: '0',
    });
    this.session = new Session({
      ear,
      pixelCount: 12,
      mute: [],
      ringFrames: false,
      makeHome: this.home.make,
      write: (line) => void this.lines.push(JSON.parse(line) as Line),
    });
    const startMs = performance.now();
    let steps = 0;
    this.#timer = setInterval(() => {
      for (; steps * STEP_MS < performance.now() - startMs; steps += 1) this.#step();
    }, STEP_MS);
  }

  /** Plays, and silence after it. */
  hear(pcm: Int16Array): void {
    this.#waiting = pcm;
  }

  async until(type: string): Promise<Line> {
    for (let i = 0; i < 600; i += 1) {
      const line = this.lines.find((each) => each.type === type);
      if (line) return line;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no ${type} among ${this.lines.map((line) => line.type).join(' ')}`);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.home.close();
  }

  #step(): void {
    const samples = new Int16Array(HOP_SAMPLES);
    samples.set(this.#waiting.subarray(0, HOP_SAMPLES));
    this.#waiting = this.#waiting.subarray(HOP_SAMPLES);
    this.#ear.feed(samples);
    this.session.step();
  }
}

/** “Jarvis. Turn on the kitchen light.” */
function firstCommand(): Int16Array {
  return demoRecording().subarray(1.5 * 16_000, 5.6 * 16_000);
}

describe('the speaker in Home Assistant', () => {
  const entity = 'event.earshot_simulated_command';
  let broker: Mosquitto;
  let house: HomeAssistant;
  let speaker: LiveSpeaker;

  beforeAll(async () => {
    const missing = whatIsMissing();
    if (missing !== undefined) throw new Error(`this needs ${missing}`);
    install();
    broker = await Mosquitto.start(ACCESS);
    house = new HomeAssistant(await freePort());
    await house.start();
    await house.makeOwner();
    const { port } = broker;
    await house.connectTo({ broker: '127.0.0.1', port, username: ACCESS.user, password: ACCESS.password });
    await house.stop(); // what goes by MQTT is set up when that is
    await house.start(AUTOMATION);
    speaker = await LiveSpeaker.start(port);
    await speaker.home.connected;
  });

  afterAll(async () => {
    await speaker?.close();
    await house?.stop();
    await broker?.stop();
  });

  it('is a device of its registry, with its entities', async () => {
    await house.until(`{{ states('number.earshot_simulated_volume') }}`, '50');
    const device = `device_id('${entity}')`;
    expect(await house.template(`{{ device_attr(${device}, 'manufacturer') }}`)).toBe('Earshot');
    expect(await house.template(`{{ device_attr(${device}, 'model') }}`)).toBe('esp32-s3-devkitc');
    const entities = await house.template(`{{ device_entities(${device}) | sort | join('\n') }}`);
    console.log(`Home Assistant has\n${entities}`);
    expect(entities.split('\n').map((name) => name.replace('earshot_simulated_', ''))).toEqual([
      'binary_sensor.mute_switch',
      'event.command',
      'event.wake_word',
      'number.alarm_volume',
      'number.snooze',
      'number.volume',
      'select.sensitivity',
      'sensor.last_command',
      'sensor.near_misses',
      'sensor.overruns',
      'sensor.uptime',
      'switch.listening_cue',
      'switch.soft_mute',
      'text.zone',
    ]);
  });

  it('turns on a light of the house, and is told truly', async () => {
    expect((await house.state('light.kitchen')).state).toBe('off');
    speaker.hear(firstCommand());
    expect(await speaker.until('actionDone')).toMatchObject({ ok: true });
    expect((await house.state('light.kitchen')).state).toBe('on');
  });

  it('shows there what was said', async () => {
    const { attributes } = await house.state(entity);
    expect(attributes).toMatchObject({ intent: 'turnOn', slots: { device: 'light', room: 'kitchen' } });
    expect(await house.template(`{{ states('sensor.earshot_simulated_last_command') }}`)).toBe('turnOn');
  });

  it('takes settings from there, and tells of its own', async () => {
    await house.call('number.set_value', { entity_id: 'number.earshot_simulated_volume', value: 30 });
    await house.until(`{{ states('number.earshot_simulated_volume') }}`, '30');
    expect(speaker.session.device.runtime.state.volumePercent).toBe(30);
    speaker.session.device.change({ sensitivity: 'low' });
    await house.until(`{{ states('select.earshot_simulated_sensitivity') }}`, 'low');
  });

  it('is muted from there, but never unmuted over the switch', async () => {
    await house.call('switch.turn_on', { entity_id: 'switch.earshot_simulated_soft_mute' });
    await house.until(`{{ states('switch.earshot_simulated_soft_mute') }}`, 'on');
    speaker.session.setMuted(true);
    await house.until(`{{ states('binary_sensor.earshot_simulated_mute_switch') }}`, 'on');
    await house.call('switch.turn_off', { entity_id: 'switch.earshot_simulated_soft_mute' });
    await house.until(`{{ states('switch.earshot_simulated_soft_mute') }}`, 'off');
    expect(speaker.session.device.runtime.state.asksForMute).toBe(true);
    speaker.session.setMuted(false);
    await house.until(`{{ states('binary_sensor.earshot_simulated_mute_switch') }}`, 'off');
  });

  it('is not available when it has gone', async () => {
    await speaker.close();
    await house.until(`{{ states('${entity}') }}`, 'unavailable');
  });
});
