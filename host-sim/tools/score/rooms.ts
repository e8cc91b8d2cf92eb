/** Rooms in which a recording can be played: shoeboxes, their echoes by mirror images (Allen and Berkley 1979). The
 * recordings have rooms of their own already; these add distance and echo in a way that can be repeated exactly. */
import { SAMPLE_RATE } from '../../sim/audio/sound';
import { convolve } from './convolve';

type Point = readonly [number, number, number];

export interface Room {
  readonly name: string;
  /** Metres. */
  readonly size: Point;
  readonly person: Point;
  readonly speaker: Point;
  /** Time in which echoes fall by 60 dB. */
  readonly reverberationSeconds: number;
}

/** From near and dry to far and lively. */
export const ROOMS: readonly Room[] = [
  room('bedroom, 1 m', [3.4, 3.1, 2.4], [1.2, 1.4, 1.5], [2.1, 1.7, 0.9], 0.3),
  room('kitchen, 2 m', [4.1, 3.2, 2.5], [1.1, 1.2, 1.6], [2.9, 2.1, 1.0], 0.45),
  room('living room, 4 m', [6.3, 4.7, 2.6], [1.3, 1.5, 1.2], [5.1, 2.9, 0.8], 0.5),
  room('hall, 5 m', [8.2, 5.9, 3.4], [1.9, 1.6, 1.6], [6.6, 3.3, 1.1], 0.8),
];

const SPEED_OF_SOUND = 343; // m/s
const PEAK = 16_384; // half of full scale, as noisy recordings have it

const responses = new Map<Room, Float64Array>();

/** The recording as the speaker in the room hears it, its peak at half of full scale; as long as it was. */
export function inRoom(pcm: Int16Array, place: Room): Int16Array {
  const response = responses.get(place) ?? responseOf(place);
  responses.set(place, response);
  const heard = withoutRumble(convolve(pcm, response).subarray(0, pcm.length));
  const peak = heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return Int16Array.from(heard, (sample) => Math.round((sample * PEAK) / peak));
}

/** Impulse response: the direct sound has gain 1 and arrives at sample 0. */
export function responseOf({ size, person, speaker, reverberationSeconds }: Room): Float64Array {
  const direct = distance(person, speaker);
  const response = new Float64Array(Math.ceil(reverberationSeconds * SAMPLE_RATE));
  const farthest = direct + (response.length / SAMPLE_RATE) * SPEED_OF_SOUND;
  const [across, along, up] = [0, 1, 2].map((axis) => {
    return images(person[axis] as number, speaker[axis] as number, size[axis] as number, farthest);
  }) as [Image[], Image[], Image[]];
  const reflection = reflectionOf(size, reverberationSeconds);
  const kept = Array.from({ length: 1000 }, (_, bounces) => reflection ** bounces);
  for (const x of across) {
    for (const y of along) {
      const square = x.square + y.square;
      if (square > farthest * farthest) continue;
      for (const z of up) {
        const path = Math.sqrt(square + z.square);
        const gain = ((kept[x.bounces + y.bounces + z.bounces] ?? 0) * direct) / path;
        addImpulse(response, ((path - direct) / SPEED_OF_SOUND) * SAMPLE_RATE, gain);
      }
    }
  }
  return response;
}

function room(name: string, size: Point, person: Point, speaker: Point, reverberationSeconds: number): Room {
  return { name, size, person, speaker, reverberationSeconds };
}

/** The share of pressure that walls send back: Eyring's formula, which takes for granted that sound soon comes from
 * everywhere. In an empty box it does not, and echoes last longer, by this much as measured on these rooms. */
const LONGER_IN_A_BOX = 1.6;

function reflectionOf([x, y, z]: Point, seconds: number): number {
  const volume = x * y * z;
  const surface = 2 * (x * y + y * z + x * z);
  return Math.exp((-0.161 * volume * LONGER_IN_A_BOX) / (2 * surface * seconds));
}

/** In the very operations by which an image's path is found, so that the direct sound has no delay at all. */
function distance(a: Point, b: Point): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

/** A mirror image along one axis: its distance from the speaker, squared, and how often its sound has met a wall. */
interface Image {
  readonly square: number;
  readonly bounces: number;
}

function images(person: number, speaker: number, length: number, farthest: number): Image[] {
  const most = Math.ceil(farthest / (2 * length));
  return Array.from({ length: 2 * most + 1 }, (_, index) => index - most).flatMap((turn) => [
    { square: (2 * turn * length + person - speaker) ** 2, bounces: Math.abs(2 * turn) },
    { square: (2 * turn * length - person - speaker) ** 2, bounces: Math.abs(2 * turn - 1) },
  ]);
}

/** Between two samples by linear interpolation. */
function addImpulse(response: Float64Array, delay: number, gain: number): void {
  const whole = Math.floor(delay);
  const rest = delay - whole;
  if (whole < response.length) response[whole] = (response[whole] as number) + gain * (1 - rest);
  if (whole + 1 < response.length) response[whole + 1] = (response[whole + 1] as number) + gain * rest;
}

/** Images all of one sign add up at the lowest pitches, which no wall does: a high pass at about 80 Hz. */
function withoutRumble(samples: Float64Array): Float64Array {
  const keep = Math.exp((-2 * Math.PI * 80) / SAMPLE_RATE);
  let before = 0;
  let out = 0;
  return samples.map((sample) => {
    out = keep * (out + sample - before);
    before = sample;
    return out;
  });
}
