/** Goes behind the firmware in its bundle: lets the world go on, as long as something is to happen and there is power. */
import { nowOfWorld, passTime, world } from './world';

declare const host: { repeat(step: () => boolean): void };

host.repeat(() => passTime() && nowOfWorld() < world.lastsMs);
