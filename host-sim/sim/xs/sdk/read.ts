import { nowOfWorld, world } from './world';

let next = 0;

/** What somebody types at the serial port, when its time has come. */
export default function read(): string | undefined {
  const line = world.typed?.[next];
  if (!line || line.atMs > nowOfWorld()) return undefined;
  next += 1;
  return `${line.text}\r\n`;
}
