/** `npm run update`: keys, and files of updates. */
import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asciiJson } from '../../../firmware/record/bytes';
import { type Offer, readOffer, UpdateProblem } from '../../../firmware/update/offer';
import { PARTS, type Part } from '../../../firmware/update/parts';
import { readNamedFile, writeNamedFile } from '../../cli/files';
import { Problem } from '../../cli/problem';
import { readPublicKey, verifierOf } from '../../sim/update/update-keys';

const PRIVATE = 'update-private.pem';
const PUBLIC = 'update-public.pem';
const OWNER_ONLY = 0o600;

/** Writes a new pair. @throws Problem where there is one already */
export function makeKeys(folder: string): number {
  const [secret, open] = [PRIVATE, PUBLIC].map((name) => join(folder, name)) as [string, string];
  for (const path of [secret, open])
    if (existsSync(path))
      throw new Problem(`${path}: there is a key already; speakers that know it take no other`);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  mkdirSync(folder, { recursive: true });
  writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: OWNER_ONLY });
  writeFileSync(open, publicKey.export({ type: 'spki', format: 'pem' }));
  console.log(`${secret}: signs updates; keep it where nobody else gets at it`);
  console.log(`${open}: what a speaker checks them with`);
  return 0;
}

export interface MakeOptions {
  readonly out: string;
  readonly key: string;
  readonly serial: number;
  readonly version: string;
  readonly changes: readonly string[];
  readonly resources?: string;
  readonly firmware?: string;
  /** Whose firmware it is. */
  readonly board?: string;
}

/** Signs an update. @throws Problem */
export function make({ out, key, serial, version, changes, board, ...paths }: MakeOptions): number {
  const pieces = PARTS.flatMap((part) => {
    const path = paths[part];
    return path === undefined ? [] : [{ part, bytes: readNamedFile(path, `the ${part}`) }];
  });
  if (pieces.length === 0) throw new Problem('there is nothing in it: name --resources, --firmware or both');
  if (paths.firmware !== undefined && board === undefined)
    throw new Problem('firmware is for one kind of board: name it with --board');
  const parts = pieces.map(({ part, bytes }) => ({
    part,
    byteLength: bytes.length,
    sha256: sha256Of(bytes),
  }));
  const offer: Offer = { serial, version, board: board ?? '*', changes, parts };
  const line = asciiJson({ earshot: 1, ...offer });
  const signature = sign(null, Buffer.from(line), readPrivateKey(key)).toString('base64');
  const file = Buffer.concat([Buffer.from(`${line}\n${signature}\n`), ...pieces.map(({ bytes }) => bytes)]);
  writeNamedFile(out, file);
  console.log(`${out}: ${file.length.toLocaleString('en-US')} bytes`);
  return 0;
}

/** Says what an update is, and whether it is whole and signed with the key of a public one. @throws Problem */
export function checkUpdate(path: string, publicKey: string): number {
  const file = readNamedFile(path, 'an update');
  const end = file.indexOf('\n', file.indexOf('\n') + 1);
  const lines = file.subarray(0, Math.max(end, 0)).toString('latin1');
  const offer = offerIn(path, lines, readPublicKey(publicKey));
  console.log(`${path}: version ${offer.version}, number ${offer.serial}, for ${nameOf(offer.board)}`);
  for (const change of offer.changes) console.log(`  ${change}`);
  let offset = end + 1;
  for (const { part, byteLength, sha256 } of offer.parts) {
    const bytes = file.subarray(offset, offset + byteLength);
    if (bytes.length !== byteLength || sha256Of(bytes) !== sha256)
      throw new Problem(`${path}: the ${part} in it are not those that were signed`);
    console.log(`  ${part}: ${byteLength.toLocaleString('en-US')} bytes`);
    offset += byteLength;
  }
  if (offset !== file.length)
    throw new Problem(`${path}: ${file.length - offset} bytes too many behind its parts`);
  return 0;
}

function offerIn(path: string, lines: string, key: KeyObject): Offer {
  const anything = { active: 0, byteLength: Number.POSITIVE_INFINITY } as const;
  const board = /"board":"([^"]*)"/.exec(lines)?.[1] ?? '';
  const copies = { resources: anything, firmware: anything } as Record<Part, never>;
  try {
    return readOffer(lines, { board, builtSerial: 0, copies, verify: verifierOf(key) }, 0);
  } catch (error) {
    if (!(error instanceof UpdateProblem)) throw error;
    const why = {
      notAnUpdate: 'it is no update',
      notSigned: 'it was not signed with that key, or was changed',
    };
    const text = (why as Readonly<Record<string, string>>)[error.problem] ?? error.message;
    throw new Problem(`${path}: ${text}${error.detail ? ` (${error.detail})` : ''}`);
  }
}

function nameOf(board: string): string {
  return board === '*' ? 'any board' : board;
}

function readPrivateKey(path: string): KeyObject {
  const text = readNamedFile(path, 'a private key').toString('utf8');
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // told below
  }
  throw new Problem(`${path}: not a private Ed25519 key; what \`earshot update keys\` writes would be right`);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
