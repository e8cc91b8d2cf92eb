import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { UpdatePorts } from '../../../firmware/update/ports';
import { readNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';

/** The key that updates are checked with, from a file in PEM. @throws Problem naming the file */
export function readPublicKey(path: string): KeyObject {
  const text = readNamedFile(path, 'a public key').toString('utf8');
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // told below
  }
  throw new Problem(`${path}: not an Ed25519 key; what \`earshot update keys\` writes would be right`);
}

export function verifierOf(key: KeyObject): UpdatePorts['verify'] {
  return (message, signature) => verify(null, message, key, signature);
}
