import { Problem } from '../../cli/problem';
import type { BoardConfiguration } from '../../packages/board-shape';

/** Where a pad of a part is soldered to: a pin of the module, a supply, or another part. */
export type End =
  | { readonly pin: number }
  | { readonly rail: 'GND' | '3V3' | '5V' }
  | { readonly link: string };

export interface Pad {
  readonly name: string;
  readonly end: End;
  /** What lies in the wire, or has to be known of it. */
  readonly note?: string;
}

export interface Part {
  readonly name: string;
  readonly pads: readonly Pad[];
}

const GROUND: Pad = { name: 'GND', end: { rail: 'GND' } };
const DATA_LINK = 'microphone, cut by the switch';

/** What is soldered to the module. @throws Problem where a board brings its own sound chips */
export function solderedParts({ mic, loudspeaker, mute, ring, peripherals }: BoardConfiguration): Part[] {
  if (peripherals || mic.bus !== 'i2s' || mic.role !== 'primary' || mic.select === undefined)
    throw new Problem('only a board of a module and soldered parts has a wiring to draw');
  const hasSwitch = !('absent' in mute);
  const microphone: Part = {
    name: 'I²S microphone, INMP441',
    pads: [
      { name: 'SCK', end: { pin: mic.clock } },
      { name: 'WS', end: { pin: mic.select } },
      { name: 'SD', end: hasSwitch ? { link: DATA_LINK } : { pin: mic.data } },
      mic.power ? { name: 'VDD', end: { pin: mic.power.pin } } : { name: 'VDD', end: { rail: '3V3' } },
      { name: 'L/R', end: { rail: mic.channel === 'right' ? '3V3' : 'GND' } },
      GROUND,
    ],
  };
  return [
    microphone,
    ...(hasSwitch ? [slideSwitch(mute, mic.data)] : []),
    {
      name: `ring of ${ring.pixels} ${ring.led.toUpperCase()}`,
      pads: [
        { name: 'DIN', end: { pin: ring.pin }, note: '330 Ω in series' },
        ...(ring.clock === undefined ? [] : [{ name: 'CLK', end: { pin: ring.clock } }]),
        { name: '5V', end: { rail: '5V' } },
        GROUND,
      ],
    },
    ...('absent' in loudspeaker ? [] : [amplifier(loudspeaker)]),
  ];
}

function slideSwitch(mute: Exclude<BoardConfiguration['mute'], { absent: string }>, data: number): Part {
  const listens = mute.active === 'high' ? 'joined: listen' : 'joined: mute';
  return {
    name: 'slide switch, two poles',
    pads: [
      { name: 'A', end: { pin: mute.pin }, note: listens },
      { name: 'A', end: { rail: mute.pull === 'down' ? '3V3' : 'GND' } },
      { name: 'B', end: { pin: data }, note: '100 kΩ to GND' },
      { name: 'B', end: { link: DATA_LINK } },
    ],
  };
}

function amplifier(loudspeaker: Exclude<BoardConfiguration['loudspeaker'], { absent: string }>): Part {
  const { clock, select, data, enable } = loudspeaker;
  return {
    name: 'amplifier, MAX98357A',
    pads: [
      { name: 'BCLK', end: { pin: clock } },
      { name: 'LRC', end: { pin: select } },
      { name: 'DIN', end: { pin: data } },
      ...(enable ? [{ name: 'SD', end: { pin: enable.pin } }] : []),
      { name: 'VIN', end: { rail: '5V' } },
      GROUND,
    ],
  };
}
