import { join } from 'node:path';
import type { HomeMap } from '../../firmware/core/home-map';
import { readJsonObject, readNamedFile } from '../cli/files';
import { Problem } from '../cli/problem';
import { readHomeFile } from '../packages/home-file';
import { ROOT } from '../packages/root';
import type { Broker } from '../sim/mqtt/broker';
import { BrokerHome } from '../sim/mqtt/broker-home';

/** What home a speaker has: behind a broker, or one where everything succeeds. */
export interface HomeChoice {
  readonly board: string;
  readonly mqtt?: Broker;
  /** The file of a map. */
  readonly map?: string;
  /** A file of certificates that are trusted. */
  readonly mqttCa?: string;
}

/** Makes a home for one speaker; each connects by itself. */
export type HomeMaker = () => BrokerHome;

const NO_MAP: HomeMap = { actions: [], states: [] };

/** Undefined where there is no broker. @throws Problem on a map or a certificate that cannot be read */
export function homeMaker({ board, mqtt, map: mapFile, mqttCa }: HomeChoice): HomeMaker | undefined {
  if (!mqtt) {
    if (mapFile !== undefined || mqttCa !== undefined)
      throw new Problem(
        `${mapFile === undefined ? '--mqtt-ca' : '--map'} is for a broker: --mqtt says which`,
      );
    return undefined;
  }
  const map = mapFile === undefined ? NO_MAP : readHomeFile(mapFile);
  const ca = mqttCa === undefined ? undefined : readNamedFile(mqttCa, 'a certificate').toString('utf8');
  const version = String(readJsonObject(join(ROOT, 'package.json'), 'a package').version);
  return () => new BrokerHome({ broker: mqtt, map, ca, board, version });
}
