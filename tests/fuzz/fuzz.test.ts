import { crashOf } from './fuzz';
import { TARGETS } from './targets';

/** Each is its own: the command goes on to a million. */
const INPUTS = 150;
/** Its module cannot be loaded here. */
const targets = Object.keys(TARGETS).filter((name) => name !== 'opus');

describe('what is fed with damaged inputs', () => {
  const { PATH } = process.env;
  beforeAll(() => {
    process.env.PATH = ''; // ffmpeg is not what is tested
  });
  afterAll(() => {
    process.env.PATH = PATH;
  });

  test.each(targets)('%s takes them or refuses them with its own error', async (target) => {
    for (let number = 0; number < INPUTS; number++) {
      const crash = await crashOf(target, number);
      if (crash) throw new Error(`${target} ${number}: ${(crash.error as Error).stack}`);
    }
  });
});
