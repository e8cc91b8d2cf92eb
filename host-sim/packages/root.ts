import { fileURLToPath } from 'node:url';

/** The folder of all sources: the one with package.json. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
