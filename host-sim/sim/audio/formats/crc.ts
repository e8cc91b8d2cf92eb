/** Check sums of FLAC's frames (RFC 9639, section 9) and Ogg's pages (RFC 3533): the highest bit first, nothing inverted. */

/** x⁸ + x² + x + 1. */
export const crc8 = checkSum(8, 0x07);
/** x¹⁶ + x¹⁵ + x² + 1. */
export const crc16 = checkSum(16, 0x8005);
/** That of Ethernet. */
export const crc32 = checkSum(32, 0x04c11db7);

function checkSum(width: number, polynomial: number): (bytes: Uint8Array) => number {
  // worked out in the upper bits of 32
  const high = polynomial << (32 - width);
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ high : value << 1;
    return value;
  });
  return (bytes) => {
    let sum = 0;
    for (let i = 0; i < bytes.length; i++)
      sum = (sum << 8) ^ (table[(sum >>> 24) ^ (bytes[i] as number)] as number);
    return sum >>> (32 - width);
  };
}
