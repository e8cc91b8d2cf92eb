import { hexOf } from '../record/bytes';
import {
  type Journal,
  type Outcome,
  type Pending,
  partsOf,
  type Release,
  readJournal,
  writeJournal,
} from './journal';
import { type Offer, readOffer, UpdateProblem } from './offer';
import type { CopyIndex, Part } from './parts';
import type { TwoCopies, UpdatePorts } from './ports';

export type UpdateStatus =
  | { readonly phase: 'none' }
  | { readonly phase: 'offered'; readonly offer: Offer }
  | { readonly phase: 'receiving'; readonly offer: Offer; readonly received: number; readonly of: number }
  | { readonly phase: 'restarting' | 'trying'; readonly release: Release };

const MOST_STARTS = 2;
const READ_BYTES = 4096;
const FAILURE_LETTERS = 100;

/** Updates that ask: one is offered, installed on a person's word, tried by a start, and taken back where it fails. Whenever
 * the power goes, the next start is of the old copies or of the new ones, never of both. */
export class Updater {
  readonly #ports: UpdatePorts;
  #journal: Journal;
  #status: UpdateStatus = { phase: 'none' };
  #digest: ReturnType<UpdatePorts['sha256']> | undefined;

  constructor(ports: UpdatePorts) {
    this.#ports = ports;
    this.#journal = readJournal(ports.store);
  }

  get status(): UpdateStatus {
    return this.#status;
  }

  get installed(): Release | undefined {
    return this.#journal.installed;
  }

  get last(): Outcome | undefined {
    return this.#journal.last;
  }

  /** Once at every start, as soon as the speaker hears: goes on with what a power cut or a restart left. */
  start(): void {
    const { pending } = this.#journal;
    if (!pending) return;
    if (pending.step === 'receiving') return this.#fail(pending, 'the power was cut while it was written');
    const parts = partsOf(pending);
    const moved = parts.filter((part) => this.#ports.copies[part]?.active === pending.into[part]);
    if (moved.length < parts.length) {
      const why = 'it did not start, or the power was cut before it could';
      return this.#takeBack(pending, moved, why);
    }
    if (pending.starts >= MOST_STARTS)
      return this.#takeBack(pending, parts, 'it was started and did not last');
    this.#try({ ...pending, step: 'trying', starts: pending.starts + 1 });
  }

  /** Takes the first two lines of an update's file, and forgets an offer before. @throws UpdateProblem */
  offer(text: string): Offer {
    const { phase } = this.#status;
    if (phase !== 'none' && phase !== 'offered') throw new UpdateProblem('notNow', phase);
    const offer = readOffer(text, this.#ports, this.#journal.installed?.serial ?? 0);
    this.#become({ phase: 'offered', offer });
    return offer;
  }

  /** The person's word. What is written from now on goes where nothing is in use. @throws UpdateProblem */
  install(serial: number): void {
    const status = this.#status;
    if (status.phase !== 'offered' || status.offer.serial !== serial) throw new UpdateProblem('notNow');
    const { offer } = status;
    const { version, parts } = offer;
    const into: Partial<Record<Part, CopyIndex>> = {};
    for (const { part } of parts) into[part] = this.#copies(part).active === 0 ? 1 : 0;
    this.#note({ serial, version, step: 'receiving', into, starts: 0 });
    const of = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.#become({ phase: 'receiving', offer, received: 0, of });
  }

  /** The next bytes of the file after its two lines; `offset` counts from there. With the last of them the speaker restarts.
   * @throws UpdateProblem, after which nothing is under way any more unless it is `notNow` */
  receive(offset: number, bytes: Uint8Array): void {
    const status = this.#status;
    if (status.phase !== 'receiving' || offset !== status.received || bytes.length === 0)
      throw new UpdateProblem('notNow');
    const { offer, received, of } = status;
    const pending = this.#journal.pending as Pending;
    try {
      if (received + bytes.length > of) throw new UpdateProblem('damaged', 'it is longer than it says');
      this.#write(offer, received, bytes);
      this.#status = { ...status, received: received + bytes.length };
      if (received + bytes.length === of) this.#activate(offer, pending);
      else this.#ports.onChanged();
    } catch (error) {
      const problem =
        error instanceof UpdateProblem ? error : new UpdateProblem('flashRefused', String(error));
      this.#fail(pending, problem.message);
      throw problem;
    }
  }

  /** Neither offered nor written any further. */
  cancel(): void {
    const { pending } = this.#journal;
    if (this.#status.phase === 'receiving' && pending) this.#fail(pending, 'it was called off');
    else if (this.#status.phase === 'offered') this.#become({ phase: 'none' });
  }

  #write({ parts }: Offer, from: number, bytes: Uint8Array): void {
    let start = 0;
    for (const { part, byteLength, sha256 } of parts) {
      const [first, end] = [Math.max(from, start), Math.min(from + bytes.length, start + byteLength)];
      if (first < end) {
        const piece = bytes.subarray(first - from, end - from);
        if (first === start) this.#digest = this.#ports.sha256();
        this.#digest?.update(piece);
        this.#copies(part).write(first - start, piece);
        if (end === start + byteLength) this.#checkDigest(part, sha256, this.#digest?.finish());
      }
      start += byteLength;
    }
  }

  #checkDigest(part: Part, wanted: string, found: Uint8Array | undefined): void {
    if (!found || hexOf(found) !== wanted) throw new UpdateProblem('damaged', part);
  }

  #activate(offer: Offer, pending: Pending): void {
    for (const { part, byteLength, sha256 } of offer.parts) {
      this.#checkDigest(part, sha256, this.#digestOf(this.#copies(part), byteLength)); // as flash has it
      const problem = this.#copies(part).problem();
      if (problem !== undefined) throw new UpdateProblem('unfit', problem);
    }
    this.#note({ ...pending, step: 'activating' });
    for (const { part } of offer.parts) this.#copies(part).activate();
    this.#become({ phase: 'restarting', release: releaseOf(offer) });
    this.#ports.restart();
  }

  #digestOf(copies: TwoCopies, byteLength: number): Uint8Array {
    const digest = this.#ports.sha256();
    for (let offset = 0; offset < byteLength; offset += READ_BYTES) {
      const piece = new Uint8Array(Math.min(READ_BYTES, byteLength - offset));
      copies.read(offset, piece);
      digest.update(piece);
    }
    return digest.finish();
  }

  #try(pending: Pending): void {
    this.#note(pending);
    this.#become({ phase: 'trying', release: releaseOf(pending) });
    this.#ports.selfTest((problems) => {
      if (this.#journal.pending !== pending) return; // told twice
      const [first] = problems;
      if (first !== undefined) return this.#takeBack(pending, partsOf(pending), first);
      for (const part of partsOf(pending)) this.#copies(part).confirm();
      const installed = releaseOf(pending);
      this.#save({ installed, last: installed });
      this.#end(installed);
    });
  }

  #takeBack(pending: Pending, parts: readonly Part[], why: string): void {
    for (const part of parts) this.#copies(part).revert();
    this.#fail(pending, why);
    if (parts.length > 0) this.#ports.restart();
  }

  #fail(pending: Pending, why: string): void {
    const { installed } = this.#journal;
    const last = { ...releaseOf(pending), failure: why.slice(0, FAILURE_LETTERS) };
    this.#save({ ...(installed ? { installed } : {}), last });
    this.#end(last);
  }

  #end(outcome: Outcome): void {
    this.#become({ phase: 'none' });
    this.#ports.onEnded(outcome);
  }

  #note(pending: Pending): void {
    this.#save({ ...this.#journal, pending });
  }

  #save(journal: Journal): void {
    writeJournal(this.#ports.store, journal);
    this.#journal = journal;
  }

  #become(status: UpdateStatus): void {
    this.#status = status;
    this.#ports.onChanged();
  }

  #copies(part: Part): TwoCopies {
    const copies = this.#ports.copies[part];
    if (!copies) throw new UpdateProblem('onlyOneCopy', part);
    return copies;
  }
}

function releaseOf({ serial, version }: Release): Release {
  return { serial, version };
}
