/** Goes behind the firmware: time, and the messages of the ear's task. */
import { nowOfWorld, passTime, world } from '../../../../../host-sim/sim/xs/sdk/world';
import { deliverMessages } from './natives';

declare const host: { repeat(step: () => boolean): void };

host.repeat(() => {
  const goesOn = passTime();
  deliverMessages();
  return goesOn && nowOfWorld() < world.lastsMs;
});
