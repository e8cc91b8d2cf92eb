import fc from 'fast-check';
import { Resampler } from '../../../host-sim/sim/audio/resample';
import { tone } from './wav-files';

const EAR_HZ = 16_000;
const RATES_HZ = [8000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000];

describe('resampling to 16 kHz', () => {
  test.each(RATES_HZ)('keeps the level of speech from %i Hz within 0.1 dB', (fromHz) => {
    for (const hertz of [100, 440, 1000, 3000, 5000, 7000, 7500].filter((f) => f < 0.46 * fromHz)) {
      expect(Math.abs(levelDb(converted(hertz, fromHz), hertz))).toBeLessThan(0.1);
    }
  });

  test.each(RATES_HZ.filter((rate) => rate > 17_000))(
    'lets nothing above 8.5 kHz through from %i Hz, to 80 dB',
    (fromHz) => {
      for (const hertz of [8500, 9000, 10_500, 12_000, 15_000, 20_000, 40_000].filter(
        (f) => f < 0.46 * fromHz,
      )) {
        expect(totalDb(converted(hertz, fromHz))).toBeLessThan(-80);
      }
    },
  );

  test.each([8000, 44_100])('makes no images when it goes up from %i Hz', (fromHz) => {
    const out = converted(3000, fromHz);
    const clean = tone(3000, EAR_HZ, out.length, 1);
    expect(totalDb(out.map((value, i) => value - (clean[i] as number)))).toBeLessThan(-70);
  });

  test('does not move sound in time', () => {
    const impulse = new Float32Array(48_000);
    impulse[24_000] = 1;
    const out = resample(impulse, 48_000, EAR_HZ);
    expect(out.indexOf(Math.max(...out))).toBe(8000);
  });

  test('leaves 16 kHz alone', () => {
    const samples = Float32Array.of(0.1, -0.2, 0.3);
    expect(new Resampler(EAR_HZ, EAR_HZ).push(samples)).toBe(samples);
  });

  test('gives finite samples and the right length at any rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 384_000 }),
        fc.integer({ min: 0, max: 300 }),
        (fromHz, count) => {
          const out = resample(new Float32Array(count).fill(1), fromHz, EAR_HZ);
          expect(out).toHaveLength(Math.floor((count * EAR_HZ) / fromHz));
          expect(out.every((value) => Number.isFinite(value) && Math.abs(value) < 2)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** A quarter of a second of a tone of full scale, and what becomes of it. */
function converted(hertz: number, fromHz: number): Float32Array {
  return resample(Float32Array.from(tone(hertz, fromHz, fromHz / 4, 1)), fromHz, EAR_HZ);
}

/** The level of one tone in dB of full scale, away from the ends, by correlation under a Hann window. */
function levelDb(samples: Float32Array, hertz: number): number {
  const [start, end] = [800, samples.length - 800];
  let [real, imaginary, weights] = [0, 0, 0];
  for (let i = start; i < end; i++) {
    const weight = 1 - Math.cos((2 * Math.PI * (i - start)) / (end - start));
    const angle = (2 * Math.PI * hertz * i) / EAR_HZ;
    real += weight * (samples[i] as number) * Math.cos(angle);
    imaginary += weight * (samples[i] as number) * Math.sin(angle);
    weights += weight;
  }
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / weights);
}

/** All that is there, in dB of a tone of full scale, away from the ends. */
function totalDb(samples: Float32Array): number {
  const inner = samples.subarray(800, samples.length - 800);
  return 10 * Math.log10((2 * inner.reduce((sum, value) => sum + value * value, 0)) / inner.length);
}

function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  return Float32Array.from([...resampler.push(samples), ...resampler.end()]);
}
