/** What Home Assistant is told so that the speaker appears there by itself: MQTT device discovery, which it understands since
 * 2024.11. Short names are its own. */
import { frozen } from '../core/frozen';
import { SETTING_FIELDS, SETTINGS, type Setting } from '../core/settings';
import type { Identity } from './speaker';
import type { Topics } from './topics';

type Entity = Readonly<Record<string, unknown>>;

/** Named as in `states.ts`. */
const SENSORS: Readonly<Record<string, Entity>> = frozen({
  lastIntent: { p: 'sensor', name: 'Last command', ic: 'mdi:chat-processing-outline' },
  uptime: {
    p: 'sensor',
    name: 'Uptime',
    dev_cla: 'duration',
    unit_of_meas: 's',
    stat_cla: 'measurement',
    ent_cat: 'diagnostic',
  },
  nearMisses: {
    p: 'sensor',
    name: 'Near misses',
    ic: 'mdi:ear-hearing-off',
    stat_cla: 'total_increasing',
    ent_cat: 'diagnostic',
  },
  overruns: {
    p: 'sensor',
    name: 'Overruns',
    ic: 'mdi:waveform',
    stat_cla: 'total_increasing',
    ent_cat: 'diagnostic',
  },
  memory: {
    p: 'sensor',
    name: 'Free memory',
    dev_cla: 'data_size',
    unit_of_meas: 'B',
    stat_cla: 'measurement',
    ent_cat: 'diagnostic',
  },
  muteSwitch: {
    p: 'binary_sensor',
    name: 'Mute switch',
    ic: 'mdi:microphone-off',
    pl_on: 'on',
    pl_off: 'off',
  },
});

const WAKE: Entity = frozen({
  p: 'event',
  name: 'Wake word',

  ic: 'mdi:account-voice',
});
const COMMAND: Entity = frozen({ p: 'event', name: 'Command', ic: 'mdi:chat-outline' });

/** The text of the configuration. Lists are made anew: XS writes marks into what it makes JSON of, and cannot into flash. */
export function configurationOf(
  { id, name, model, version }: Identity,
  topics: Topics,
  hasMemory: boolean,
): string {
  const entities: Record<string, Entity> = {};
  const add = (entity: string, more: Entity): void => {
    entities[entity] = { uniq_id: `earshot_${id}_${entity}`, ...more };
  };
  add('wake', { ...WAKE, evt_typ: ['wakeWord'], stat_t: topics.wake });
  add('command', { ...COMMAND, evt_typ: ['command'], stat_t: topics.command });
  for (const [entity, sensor] of Object.entries(SENSORS))
    if (entity !== 'memory' || hasMemory) add(entity, { ...sensor, stat_t: topics.state(entity) });
  for (const field of SETTING_FIELDS) {
    const setting: Setting = SETTINGS[field];
    if (setting.isPrivate) continue;
    const { name: key } = setting;
    add(key, { ...entityOf(setting), name: labelOf(key), stat_t: topics.state(key), cmd_t: topics.set(key) });
  }
  return JSON.stringify({
    dev: { ids: [`earshot_${id}`], name, mf: 'Earshot', mdl: model, sw: version },
    o: { name: 'Earshot', sw: version },
    avty_t: topics.availability,
    cmps: entities,
  });
}

function entityOf(setting: Setting): Entity {
  switch (setting.type) {
    case 'choice':
      return { p: 'select', ops: [...setting.choices], ent_cat: 'config' };
    case 'amount':
      return {
        p: 'number',
        min: setting.least,
        max: setting.most,
        unit_of_meas: setting.unit === 'percent' ? '%' : setting.unit,
        ent_cat: 'config',
      };
    case 'onOff':
      return { p: 'switch', pl_on: 'on', pl_off: 'off', ent_cat: 'config' };
    case 'zone':
      return { p: 'text', ent_cat: 'config' };
  }
}

/** `alarmVolume` is `Alarm volume`. */
function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
