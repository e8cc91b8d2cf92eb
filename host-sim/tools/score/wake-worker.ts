import type { Sensitivity } from '../../../firmware/core/wake-points';
import { withSilence } from '../../sim/audio/recording';
import { inCondition } from './conditions';
import { serveTasks } from './pool';
import { References } from './references';
import { readSound } from './sounds';
import { SpeakerProbe } from './speaker-probe';
import { type Track, trackFrom } from './track';
import { WakeProbe } from './wake-probe';
import {
  type Answer,
  PLAYED_SENSITIVITIES,
  type WakeHeard,
  type WakeSetup,
  type WakeTask,
} from './wake-settings';
import { wordEnd } from './word-end';

/** After each recording, as in replay, so that what is said at its very end is heard. */
const SILENCE_MS = 1500;

serveTasks(({ models, backgrounds, hearing }: WakeSetup) => {
  const probe = new WakeProbe(models.flatMap((model) => (model.kind === 'own' ? [model.model] : [])));
  const references = models.filter(({ kind }) => kind === 'reference');
  const others = references.length > 0 ? new References(references) : undefined;
  const speakers = models.map((model) => {
    const looks = hearing.commands && model.kind === 'own' && model.looks;
    return looks ? new SpeakerProbe(model.model, hearing) : undefined;
  });
  const answersTo = async (
    pcm: Int16Array,
    from: number,
    sensitivities: readonly Sensitivity[],
  ): Promise<Answer[]> => {
    const longer = withSilence(pcm, SILENCE_MS);
    const ours = probe.hear(longer);
    const theirs = (await others?.hear(longer)) ?? [];
    return models.map((model, index): Answer => {
      const track = (model.kind === 'own' ? ours : theirs).shift() as Track;
      const speaker = speakers[index];
      const wakes = speaker?.wakesAt(longer, track, sensitivities) ?? [];
      return {
        track: trackFrom(track, from),
        wakes: wakes.map((each) => each.map((sample) => sample - from).filter((sample) => sample >= 0)),
      };
    });
  };
  return async ({ path, conditions, seed }: WakeTask): Promise<WakeHeard> => {
    const pcm = await readSound(path);
    const answers: Answer[][] = [];
    for (const condition of conditions) {
      const sensitivities = PLAYED_SENSITIVITIES.slice(0, answers.length === 0 ? undefined : 1);
      const changed = inCondition(pcm, condition, backgrounds, seed);
      answers.push(await answersTo(changed, changed.length - pcm.length, sensitivities));
    }
    return { samples: pcm.length, wordEnd: wordEnd(pcm), answers };
  };
});
