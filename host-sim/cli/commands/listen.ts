import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { declare, exits } from '../command';
import {
  boardOption,
  framesOption,
  grammarOption,
  jsonOption,
  mapOption,
  mqttCaOption,
  mqttOption,
  phonesOption,
  sensitivityOption,
  wakeOption,
} from '../options';

export const command = declare('listen', 'replay does')
  .description(
    "Listens to this computer's microphone (through arecord, sox or ffmpeg) and shows what the speaker hears, does and " +
      'lights. Key m moves the mute switch, Ctrl-C ends.',
  )
  .addOption(wakeOption)
  .addOption(grammarOption)
  .addOption(phonesOption)
  .addOption(sensitivityOption)
  .addOption(boardOption)
  .addOption(mqttOption)
  .addOption(mapOption)
  .addOption(mqttCaOption)
  .addOption(jsonOption)
  .addOption(framesOption)
  .option(
    '--device <name>',
    'the microphone, as the recording program names it: hw:1,0 (arecord -L lists them)',
  )
  .action(
    exits(async ({ wake = [DEFAULT_WAKE_WORD], ...others }) =>
      (await import('../../tools/replay/listen')).listen({ ...others, wake }),
    ),
  );
