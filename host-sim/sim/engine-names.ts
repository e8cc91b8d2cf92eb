/** The JavaScript engines under which the speaker can be replayed: Node's, and the chip's own. */
export const ENGINES = ['node', 'xs'] as const;

export type EngineName = (typeof ENGINES)[number];
