import { frozen } from './frozen';

/** What is ready so far, in the order of the boot. The ring lights as much of itself as has been reached. */
export const BOOT_STAGES = frozen([
  'switch',
  'settings',
  'sound',
  'models',
  'wakeWords',
  'commands',
  'microphone',
  'network',
] as const);

export type BootStage = (typeof BOOT_STAGES)[number];
