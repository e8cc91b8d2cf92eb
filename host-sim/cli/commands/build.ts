import { longestClipSeconds } from '../../tools/board/clip-room';
import { declare, exits } from '../command';
import { boardOption } from '../options';

export const command = declare('build', '--board NAME would be right')
  .description(
    "Builds the firmware with Moddable's mcconfig and ESP-IDF, and says what is missing when they are not there.",
  )
  .addOption(boardOption)
  .option('--debug', "for Moddable's debugger, xsbug")
  .option('--instrument', 'a release that counts what XS uses')
  .option(
    '--clip <file>',
    'the firmware hears this recording in place of the microphone; as much as there is room for, at most ' +
      `${longestClipSeconds(false)} s, ${longestClipSeconds(true)} s with --portable-kernels`,
  )
  .option(
    '--portable-kernels',
    "TensorFlow Lite Micro's kernels in plain C instead of ESP-NN's with vector instructions: slower, for emulators and " +
      "when a kernel is suspected. They need no scratch: models' arenas are then smaller, by up to a half, and the " +
      'firmware measures them when it starts',
  )
  .option('--output <folder>', 'where to build (default: build/chip/NAME/MODE)')
  .addHelpText(
    'after',
    '\nExit code: 0 built, 1 the build failed, 2 an option is wrong, such as too long a clip, or a tool is missing.',
  )
  .action(exits(async (options) => (await import('../../tools/board/build')).build(options)));
