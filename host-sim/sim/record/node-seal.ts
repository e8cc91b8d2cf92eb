import { createHash, randomBytes } from 'node:crypto';
import type { Seal } from '../../../firmware/record/ports';

export const nodeSeal: Seal = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  random: (byteLength) => new Uint8Array(randomBytes(byteLength)),
};
