import { world } from './world';

/** Why the chip started, by ESP-IDF's number. */
export default function resetReason(): number {
  return world.resetReason;
}
