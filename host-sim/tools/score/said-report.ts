import { meaningOfCommand } from '../../grammar/said-table';
import { describeShare, type Share } from './interval';
import {
  isActed,
  isNothing,
  isOpposite,
  isRisky,
  isSaidRight,
  type SaidAnswer,
  shareOf,
  sharesBy,
} from './said';

/** Of sentences that mean something how many were right, of those that mean nothing how many were done. */
export function describeSaid(name: string, answers: readonly SaidAnswer[], withDetails: boolean): string[] {
  const meant = answers.filter(({ meaning }) => !isNothing(meaning));
  const unmeant = answers.filter(({ meaning }) => isNothing(meaning));
  return [
    ...(meant.length > 0 ? describeMeant(name, meant) : []),
    ...(unmeant.length > 0 ? describeUnmeant(name, unmeant) : []),
    ...describeWrong(answers, withDetails),
  ];
}

function describeMeant(name: string, answers: readonly SaidAnswer[]): string[] {
  const refused = answers.filter(({ heard }) => heard === null).length;
  const asked = answers.filter(({ heard }) => heard?.isAsked).length;
  return [
    `${name.padStart(6)}  said, and right ${describeShare(shareOf(answers, isSaidRight))}, refused ${refused}, asked ${asked}, ` +
      `the opposite done ${answers.filter(isOpposite).length}`,
    ...describeBoth(answers, isSaidRight),
  ];
}

function describeUnmeant(name: string, answers: readonly SaidAnswer[]): string[] {
  const acted = answers.filter(isActed);
  const asked = answers.filter(({ heard }) => heard?.isAsked).length;
  return [
    `${name.padStart(6)}  not meant, but done ${describeShare(shareOf(answers, isActed))}, of these the opposite ` +
      `${acted.filter(isOpposite).length}, at a lock, cover, alarm or heating ${acted.filter(isRisky).length}; asked ${asked}`,
    ...describeBoth(answers, isActed),
  ];
}

function describeBoth(answers: readonly SaidAnswer[], claim: (answer: SaidAnswer) => boolean): string[] {
  return (['kind', 'voice'] as const).map((field) => {
    const shares = [...sharesBy(answers, field, claim)];
    return `        by ${field}: ${shares.map(describeCount).join(', ')}`;
  });
}

function describeCount([name, { count, of }]: readonly [string, Share]): string {
  return `${name} ${count} of ${of}`;
}

/** Opposites always, all others when they are asked for. */
function describeWrong(answers: readonly SaidAnswer[], withDetails: boolean): string[] {
  const wrong = answers.filter((answer) => !isSaidRight(answer) && (withDetails || isOpposite(answer)));
  return wrong.map(({ voice, text, heard }) =>
    heard === null
      ? `        ${voice}: “${text}” refused`
      : heard.isAsked
        ? `        ${voice}: “${text}” asked “${heard.words}?” (${heard.confidence})`
        : `        ${voice}: “${text}” heard as “${heard.words}”: ${meaningOfCommand(heard)} (${heard.confidence})`,
  );
}
