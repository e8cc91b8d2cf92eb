import { bytesOfAscii } from '../record/bytes';
import { PARTS, type Part } from './parts';
import type { UpdatePorts } from './ports';

/** What an update says of itself. Its file begins with this as one line of JSON, then its signature in base64 as another, then
 * the bytes of the parts, one behind the other. */
export interface Offer {
  /** Counts up with every release, so that none is taken for news twice. */
  readonly serial: number;
  /** For people. */
  readonly version: string;
  /** A board's name, or `*` where there is no firmware among the parts. */
  readonly board: string;
  /** What becomes different, in sentences for people. */
  readonly changes: readonly string[];
  readonly parts: readonly PartOffer[];
}

export interface PartOffer {
  readonly part: Part;
  readonly byteLength: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Why an update is not taken, in a word that pages know, with more for those who read closely. */
export class UpdateProblem extends Error {
  override readonly name = 'UpdateProblem';
  constructor(
    readonly problem: ProblemWord,
    readonly detail = '',
  ) {
    super(detail === '' ? problem : `${problem}: ${detail}`);
  }
}

export type ProblemWord =
  | 'notAnUpdate'
  | 'notSigned'
  | 'otherBoard'
  | 'notNewer'
  | 'tooLarge'
  | 'onlyOneCopy'
  /** Another is under way, or none was offered. */
  | 'notNow'
  /** What arrived is not what was signed. */
  | 'damaged'
  | 'unfit'
  | 'flashRefused';

const FORMAT = 1;
const SIGNATURE_BYTES = 64;
const MOST_CHANGES = 20;
const MOST_LETTERS = 200;

type OfferPorts = Pick<UpdatePorts, 'board' | 'builtSerial' | 'copies' | 'verify'>;

/** Reads the first two lines of an update and refuses what is not the maker's or not for this speaker.
 * @throws UpdateProblem */
export function readOffer(text: string, ports: OfferPorts, installedSerial: number): Offer {
  const [line = '', signature = ''] = text.split('\n');
  const signatureBytes = bytesOfBase64(signature);
  // the signed line is of ASCII alone: other letters are escaped, so that a character is a byte
  if (!/^[ -~]+$/.test(line) || signatureBytes?.length !== SIGNATURE_BYTES)
    throw new UpdateProblem('notAnUpdate');
  // before anything of it is looked at
  if (!ports.verify(bytesOfAscii(line), signatureBytes)) throw new UpdateProblem('notSigned');
  const offer = parsed(line);
  checkFits(offer, ports, installedSerial);
  return offer;
}

function checkFits({ board, parts, serial }: Offer, ports: OfferPorts, installedSerial: number): void {
  const isForAll = board === '*' && parts.every(({ part }) => part !== 'firmware');
  if (!isForAll && board !== ports.board)
    throw new UpdateProblem('otherBoard', `for ${board}; this is ${ports.board}`);
  const newest = Math.max(ports.builtSerial, installedSerial);
  if (serial <= newest) throw new UpdateProblem('notNewer', `${serial}; ${newest} is installed`);
  for (const { part, byteLength } of parts) {
    const copies = ports.copies[part];
    if (!copies) throw new UpdateProblem('onlyOneCopy', part);
    if (byteLength > copies.byteLength)
      throw new UpdateProblem('tooLarge', `${part}: ${byteLength} bytes; ${copies.byteLength} are the most`);
  }
}

function parsed(line: string): Offer {
  const value = objectIn(line);
  const { earshot, serial, version, board, changes, parts } = value;
  const isWhole =
    earshot === FORMAT &&
    isCount(serial) &&
    isText(version) &&
    isText(board) &&
    Array.isArray(changes) &&
    changes.length <= MOST_CHANGES &&
    changes.every(isText) &&
    Array.isArray(parts) &&
    parts.length > 0;
  if (!isWhole) throw new UpdateProblem('notAnUpdate', 'its first line lacks something');
  return { serial, version, board, changes, parts: inOrder(parts) };
}

/** Each at most once, and as they lie in the file. */
function inOrder(values: readonly unknown[]): readonly PartOffer[] {
  const offers = values.map(partOf);
  const places = offers.map(({ part }) => PARTS.indexOf(part));
  if (places.every((place, i) => i === 0 || place > (places[i - 1] as number))) return offers;
  throw new UpdateProblem('notAnUpdate', `its parts are not ${PARTS.join(', then ')}`);
}

function partOf(value: unknown): PartOffer {
  const { part, byteLength, sha256 } = (value ?? {}) as Record<string, unknown>;
  const known = PARTS.find((name) => name === part);
  if (known && isCount(byteLength) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256))
    return { part: known, byteLength, sha256 };
  throw new UpdateProblem('notAnUpdate', 'a part of it is none');
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new UpdateProblem('notAnUpdate', 'its first line is not a JSON object');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MOST_LETTERS;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Undefined where the text is no base64. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const digit = (offset: number): number => Math.max(0, DIGITS.indexOf(text.charAt(i + offset)));
    const bits = (digit(0) << 18) | (digit(1) << 12) | (digit(2) << 6) | digit(3);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = bits >> shift;
  }
  return bytes;
}
