import fc from 'fast-check';
import {
  MOST_PACKET_BYTES,
  type Packet,
  PacketError,
  PacketReader,
} from '../../../firmware/mqtt/packet-reader';
import { connectPacket, publishPacket, subscribePacket } from '../../../firmware/mqtt/packets';
import { bytesOfText, textOfBytes } from '../../../firmware/mqtt/utf8';

function packetsIn(...pieces: readonly Uint8Array[]): Packet[] {
  const packets: Packet[] = [];
  const reader = new PacketReader((packet) => packets.push(packet));
  for (const piece of pieces) reader.read(piece);
  return packets;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('texts', () => {
  it.each(['', 'kitchen', 'Küche', '厨房', '🏠 100 %', '%41'])('%j is the UTF-8 that Node makes', (text) => {
    expect(hex(bytesOfText(text))).toBe(Buffer.from(text).toString('hex'));
    expect(textOfBytes(Buffer.from(text))).toBe(text);
  });

  it('are any, and come back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textOfBytes(bytesOfText(text))).toBe(text);
      }),
    );
  });

  it('survive half a surrogate pair, and bytes that are none', () => {
    expect(textOfBytes(bytesOfText('a\ud800b'))).toBe('a?b');
    expect(textOfBytes(Uint8Array.of(0x61, 0xff))).toBeUndefined();
  });
});

describe('what is sent', () => {
  it('is the bytes of the standard', () => {
    const will = { topic: 'a/b', text: 'off', isRetained: true };
    expect(hex(connectPacket({ clientId: 'me', will, keepAliveSeconds: 30, user: 'u', password: 'p' }))).toBe(
      '101e' + '00044d5154540' + '4e6001e' + '00026d65' + '0003612f62' + '00036f6666' + '000175' + '000170',
    );
    expect(hex(publishPacket({ topic: 't', text: 'x' }))).toBe('3004000174' + '78');
    expect(hex(publishPacket({ topic: 't', text: 'x', isRetained: true }, 0x1234))).toBe(
      '330600017412' + '3478',
    );
    expect(hex(subscribePacket(1, ['a/+', 'b']))).toBe('820c' + '0001' + '0003612f2b00' + '00016200');
  });

  it('has a length of several bytes where it is long', () => {
    expect(hex(publishPacket({ topic: 't', text: 'x'.repeat(197) }).subarray(0, 4))).toBe('30c80100');
  });

  it('refuses a topic that fits no packet', () => {
    expect(() => publishPacket({ topic: 'x'.repeat(70_000), text: '' })).toThrow(
      'at most 65535 would be right',
    );
  });
});

describe('what comes', () => {
  const message = publishPacket({ topic: 'zigbee2mqtt/Küche', text: '{"state":"ON"}', isRetained: true });
  const expected = { type: 'message', topic: 'zigbee2mqtt/Küche', text: '{"state":"ON"}', isRetained: true };

  it('is read however it is cut', () => {
    expect(packetsIn(message)).toEqual([expected]);
    const twice = Buffer.concat([message, message]);
    expect(packetsIn(...Array.from(twice, (byte) => Uint8Array.of(byte)))).toEqual([expected, expected]);
  });

  it('may be too long to be kept, and then what follows is read', () => {
    const long = publishPacket({ topic: 't', text: 'x'.repeat(MOST_PACKET_BYTES) });
    expect(packetsIn(long, message)).toEqual([expected]);
    expect(packetsIn(Buffer.concat([long, long, message]))).toEqual([expected]);
  });

  it('is passed over where it is no text', () => {
    expect(packetsIn(Uint8Array.of(0x30, 4, 0, 1, 0x74, 0xff), message)).toEqual([expected]);
  });

  it.each([
    ['a length without an end', [0x30, 0xff, 0xff, 0xff, 0xff]],
    ['a message of 100 MB', [0x30, 0x80, 0x84, 0xaf, 0x2f]],
    ['a greeting of 100 kB', [0x20, 0xa0, 0x8d, 0x06]],
    ['a topic longer than its packet', [0x30, 3, 0, 200, 0x61]],
    ['a packet that is cut short', [0x30, 1, 0]],
    ['a message that wants to be acknowledged', [0x32, 5, 0, 1, 0x74, 0, 1]],
    ['a packet that only clients send', [0x10, 0]],
    ['a packet of no type', [0x00, 0]],
    ['an answer with flags', [0x41, 2, 0, 1]],
    ['a greeting of one byte', [0x20, 1, 0]],
  ])('ends with an error for %s', (_what, bytes) => {
    expect(() => packetsIn(Uint8Array.from(bytes))).toThrow(PacketError);
  });

  it('never does anything but give packets or fail, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (pieces) => {
        try {
          packetsIn(...pieces);
        } catch (error) {
          expect(error).toBeInstanceOf(PacketError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
