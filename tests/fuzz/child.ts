/** Feeds the inputs FROM up to TO to a target, and tells its parent the number of each before it does. */
import { crashOf } from './fuzz';

async function main(): Promise<void> {
  const [target = '', from = '0', to = '0'] = process.argv.slice(2);
  process.env.PATH = ''; // ffmpeg is not what is tested
  for (let number = Number(from); number < Number(to); number++) {
    process.send?.({ number });
    const crash = await crashOf(target, number);
    if (crash) process.send?.({ number, crash: (crash.error as Error)?.stack ?? String(crash.error) });
  }
  process.disconnect?.();
}

void main();
