/** What a `model.json` may hold. Wake words are microWakeWord's version 2 manifests, in which others write what they
 * like; `earshot` in them is ours, and there a name that is unknown is a slip of the pen. */
import { PHONE_FEATURES } from '../../firmware/core/hearing';
import { type Infer, integer, list, number, object, oneOf, openObject, text } from './schema';
import { MOST_LOSS_NATS } from './second-look';

const probability = number(0, 1);
const slices = integer(1, 32);

const secondLook = object({
  probability_cutoff: probability.optional(),
  loss_nats: number(-10, 10).optional(),
  unsure_loss_nats: number(-10, MOST_LOSS_NATS).optional(),
});

const measuredPoint = object({
  probability_cutoff: probability.optional(),
  sliding_window_size: slices.optional(),
  secondLook: secondLook.optional(),
});

/** What a sensitivity does not name is as at normal. */
const sensitivity = object({
  low: measuredPoint.optional(),
  normal: measuredPoint.optional(),
  high: measuredPoint.optional(),
});

const earshot = object({
  pronunciations: list(list(text)).optional(),
  /** The name under which word verifiers were published. */
  verifier: text.optional(),
  secondLook: secondLook.optional(),
  sensitivity: sensitivity.optional(),
});

const micro = openObject({
  probability_cutoff: probability,
  sliding_window_size: slices,
  feature_step_size: integer(10, 10), // the front end makes no other
  tensor_arena_size: integer(1, 1 << 26),
});

export const wakeWordShape = openObject({ wake_word: text, model: text, micro, earshot: earshot.optional() });

export const phonesShape = openObject({
  model: text,
  phones: list(text, 1),
  frameStepMs: integer(10, 120),
  lookAheadMs: integer(0, 2000),
  features: oneOf(...PHONE_FEATURES).optional(),
  blankPenalty: number(-20, 20),
});

export const embeddingShape = openObject({ model: text });

export type WakeWordManifest = Infer<typeof wakeWordShape>;
export type SecondLookFields = Infer<typeof secondLook>;
export type MeasuredPointFields = Infer<typeof measuredPoint>;
