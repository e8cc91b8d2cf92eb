import { generateKeyPairSync } from 'node:crypto';
import { UpdateProblem } from '../../../firmware/update/offer';
import { COPY_BYTES, type Made, ModelledSpeaker, makeUpdate, PowerCut } from './modelled-speaker';

const OLD = { resources: 'old models', firmware: 'old code' };
const NEW = { resources: 'new models', firmware: 'new code' };
const PIECE = 7;

function install(speaker: ModelledSpeaker, { lines, bytes }: Made): void {
  const { serial } = speaker.updater.offer(lines);
  speaker.updater.install(serial);
  for (let offset = 0; offset < bytes.length; offset += PIECE)
    speaker.updater.receive(offset, bytes.subarray(offset, offset + PIECE));
}

/** With a power cut after so many changes of flash. Returns whether it came to that. */
function installCut(speaker: ModelledSpeaker, made: Made, changesLeft: number): boolean {
  speaker.changesLeft = changesLeft;
  try {
    install(speaker, made);
    speaker.startAnew();
    return speaker.changesLeft === Number.POSITIVE_INFINITY;
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    speaker.changesLeft = Number.POSITIVE_INFINITY;
    speaker.startAnew();
    return true;
  }
}

function problemOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UpdateProblem) return error.problem;
    throw error;
  }
  return 'none';
}

describe('an update', () => {
  test('is offered with what it changes, and nothing is written before somebody wants it', () => {
    const speaker = new ModelledSpeaker();
    const offer = speaker.updater.offer(makeUpdate(NEW).lines);
    expect(offer).toMatchObject({ version: '0.2', changes: ['It is better.'] });
    expect(problemOf(() => speaker.updater.receive(0, new Uint8Array(1)))).toBe('notNow');
    expect(speaker.changes).toBe(0);
    speaker.updater.cancel();
    expect(problemOf(() => speaker.updater.install(2))).toBe('notNow');
  });

  test('is what starts next, once it is whole and its self-test passes', () => {
    const speaker = new ModelledSpeaker();
    install(speaker, makeUpdate(NEW));
    expect(speaker.updater.status).toEqual({ phase: 'restarting', release: { serial: 2, version: '0.2' } });
    speaker.startAnew();
    expect(speaker.running).toEqual(NEW);
    expect(speaker.updater.last).toEqual({ serial: 2, version: '0.2' });
    speaker.startAnew();
    expect(speaker.running).toEqual(NEW); // the bootloader was told that it is well
  });

  test('may be of resources alone, for any board', () => {
    const speaker = new ModelledSpeaker();
    install(speaker, makeUpdate({ resources: 'new models' }, { board: '*' }));
    speaker.startAnew();
    expect(speaker.running).toEqual({ ...OLD, resources: 'new models' });
  });

  test('that fails its self-test is taken back, with the reason', () => {
    const speaker = new ModelledSpeaker();
    install(speaker, makeUpdate(NEW));
    speaker.selfTestProblems = ['it does not wake'];
    speaker.startAnew();
    expect(speaker.running).toEqual(OLD);
    expect(speaker.updater.last).toEqual({ serial: 2, version: '0.2', failure: 'it does not wake' });
    speaker.selfTestProblems = [];
    install(speaker, makeUpdate(NEW));
    speaker.startAnew();
    expect(speaker.running).toEqual(NEW); // mended meanwhile
  });

  test('whose firmware does not start is taken back with its resources', () => {
    const speaker = new ModelledSpeaker();
    install(speaker, makeUpdate(NEW));
    speaker.newCodeStarts = false;
    speaker.startAnew();
    expect(speaker.running).toEqual(OLD);
    expect(speaker.updater.last?.failure).toBe('it did not start, or the power was cut before it could');
  });
});

describe('whenever the power is cut, the next start is of old copies or of new ones, never of both:', () => {
  test.each([
    ['with a self-test that passes', []],
    ['with one that fails', ['it does not mute']],
  ])('%s', (_, problems) => {
    const outcomes = new Set<string>();
    for (let changes = 0; ; changes += 1) {
      const speaker = new ModelledSpeaker();
      speaker.selfTestProblems = problems;
      const wasCut = installCut(speaker, makeUpdate(NEW), changes);
      const { running, updater } = speaker;
      expect([OLD, NEW]).toContainEqual(running);
      expect(updater.status).toEqual({ phase: 'none' });
      const isNew = running.firmware === NEW.firmware;
      expect(updater.installed?.serial).toBe(isNew ? 2 : undefined);
      if (changes > 0) expect(updater.last?.failure === undefined).toBe(isNew);
      outcomes.add(running.firmware);
      // and it can be updated all the same
      if (!isNew) {
        speaker.changesLeft = Number.POSITIVE_INFINITY;
        speaker.selfTestProblems = [];
        install(speaker, makeUpdate(NEW));
        speaker.startAnew();
        expect(speaker.running).toEqual(NEW);
      }
      if (!wasCut) break;
    }
    expect(outcomes.has(OLD.firmware)).toBe(true);
    expect(outcomes.has(NEW.firmware)).toBe(problems.length === 0);
  });
});

describe('refused, with nothing written, is an update', () => {
  const spoilt = ({ lines }: Made, at: number): string =>
    lines.slice(0, at) + String.fromCharCode(lines.charCodeAt(at) ^ 1) + lines.slice(at + 1);

  test('of which a single letter was changed, wherever', () => {
    const made = makeUpdate(NEW);
    const end = made.lines.indexOf('\n');
    for (let at = 0; at < end; at += 1) {
      const speaker = new ModelledSpeaker();
      expect(['notSigned', 'notAnUpdate']).toContain(
        problemOf(() => speaker.updater.offer(spoilt(made, at))),
      );
      expect(speaker.changes).toBe(0);
    }
  });

  test.each<[string, string, Made]>([
    ['by somebody else', 'notSigned', makeUpdate(NEW, {}, generateKeyPairSync('ed25519').privateKey)],
    ['that is none', 'notAnUpdate', { lines: 'RIFF', bytes: new Uint8Array(0) }],
    ['without a serial', 'notAnUpdate', makeUpdate(NEW, { serial: 0 })],
    ['with no part', 'notAnUpdate', makeUpdate({})],
    ['for another board', 'otherBoard', makeUpdate(NEW, { board: 'box-3' })],
    ['of firmware for any board', 'otherBoard', makeUpdate(NEW, { board: '*' })],
    ['as old as what was built in', 'notNewer', makeUpdate(NEW, { serial: 1 })],
    ['that does not fit', 'tooLarge', makeUpdate({ firmware: 'new'.repeat(COPY_BYTES) })],
  ])('%s', (_, problem, made) => {
    const speaker = new ModelledSpeaker();
    expect(problemOf(() => speaker.updater.offer(made.lines))).toBe(problem);
    expect(speaker.changes).toBe(0);
  });

  test('that was installed before, or is older', () => {
    const speaker = new ModelledSpeaker();
    install(speaker, makeUpdate(NEW, { serial: 5 }));
    speaker.startAnew();
    for (const serial of [5, 4])
      expect(problemOf(() => speaker.updater.offer(makeUpdate(NEW, { serial }).lines))).toBe('notNewer');
  });
});

describe('nothing becomes active of an update', () => {
  test('whose bytes are not those that were signed', () => {
    for (let at = 0; at < makeUpdate(NEW).bytes.length; at += 1) {
      const speaker = new ModelledSpeaker();
      const made = makeUpdate(NEW);
      made.bytes[at] = (made.bytes[at] as number) ^ 0x20;
      expect(problemOf(() => install(speaker, made))).toBe('damaged');
      expect(speaker.updater.status).toEqual({ phase: 'none' });
      speaker.startAnew();
      expect(speaker.running).toEqual(OLD);
    }
  });

  test('that this firmware could not use', () => {
    const speaker = new ModelledSpeaker();
    expect(problemOf(() => install(speaker, makeUpdate({ resources: 'unfit' })))).toBe('unfit');
    speaker.startAnew();
    expect(speaker.running).toEqual(OLD);
    expect(speaker.updater.last?.failure).toContain('operator 7');
  });

  test('that is longer than it says, or comes out of order', () => {
    const speaker = new ModelledSpeaker();
    const { lines } = makeUpdate(NEW);
    speaker.updater.offer(lines);
    speaker.updater.install(2);
    expect(problemOf(() => speaker.updater.receive(3, new Uint8Array(1)))).toBe('notNow');
    expect(problemOf(() => speaker.updater.receive(0, new Uint8Array(200)))).toBe('damaged');
    expect(speaker.updater.status).toEqual({ phase: 'none' });
  });
});
