import { SETTINGS, settingProblem } from '../../../firmware/core/settings';
import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { ENGINES } from '../../sim/engine-names';
import { parseMuteSpans } from '../../sim/io/mute-spans';
import { atLeastOne, declare, exits, Option } from '../command';
import {
  boardOption,
  channelOption,
  framesOption,
  grammarOption,
  jsonOption,
  mapOption,
  mqttCaOption,
  mqttOption,
  number,
  oneOf,
  phonesOption,
  resourcesOption,
  sensitivityOption,
  wakeOption,
} from '../options';
import { blaming, Problem } from '../problem';
import { epochMsOf } from '../time';

const MOST_SILENCE = { least: 0, most: 60, right: 'a number of seconds from 0 to 60' };

const muteOption = new Option(
  '--mute <spans>',
  'stretches of time, in seconds, with the mute switch closed: 2.5-6,9-10',
).argParser((text) => blaming('--mute', () => parseMuteSpans(text)));

const silenceOption = new Option(
  '--silence <seconds>',
  'silence after each recording, for what is said at its end',
)
  .argParser(number('--silence', MOST_SILENCE))
  .default(1.5);

const timeOption = new Option(
  '--time <time>',
  'what time it is when a recording begins, as a clock shows it there: 2026-12-01T21:00 (default: nobody knows)',
);

const zoneOption = new Option('--zone <zone>', SETTINGS.zone.help).argParser((text) => {
  const problem = settingProblem(SETTINGS.zone, text);
  if (problem !== undefined) throw new Problem(`--${problem}`);
  return text;
});

const engineOption = new Option(
  '--engine <name>',
  "the JavaScript engine: Node's, or the chip's own, which needs a C compiler",
)
  .choices(ENGINES)
  .argParser(oneOf('engine', ENGINES))
  .default('node' as const);

export const command = declare('replay')
  .description(
    'Plays recordings (WAV, FLAC, Ogg/Opus; others through ffmpeg) to the speaker and shows what it heard, did and lit.',
  )
  .argument('[recordings...]', 'files, or folders of them; - is the standard input')
  .addOption(wakeOption)
  .addOption(grammarOption)
  .addOption(phonesOption)
  .addOption(resourcesOption)
  .addOption(sensitivityOption)
  .addOption(boardOption)
  .addOption(channelOption)
  .addOption(jsonOption)
  .addOption(framesOption)
  .addOption(muteOption)
  .addOption(silenceOption)
  .addOption(timeOption)
  .addOption(zoneOption)
  .addOption(mqttOption)
  .addOption(mapOption)
  .addOption(mqttCaOption)
  .option('--realtime', 'as fast as it was spoken')
  .option('--say <file>', 'writes what the speaker said and sounded as a WAV file, as long as the recording')
  .option(
    '--expect <file>',
    'compares with these events (JSON lines or array), times ± 10 ms; exit code 1 when they differ',
  )
  .option('--update', 'brings the file of --expect up to date with what comes now')
  .option('--record <file>', 'writes what comes into a new file, for --expect')
  .option(
    '--record-file <file>',
    'keeps the record of what was heard and done there, as the chip keeps it in flash; serve shows it',
  )
  .option('--junit <file>', 'writes how the comparison came out, for services that read JUnit')
  .addOption(engineOption)
  .option('--demo', 'the recording that comes with Earshot')
  .addHelpText('after', '\nExit code: 0 all well, 1 not as expected, 2 a file or an option is wrong.')
  .action(
    exits(async (recordings, { wake = [DEFAULT_WAKE_WORD], mute = [], silence, time, ...others }) => {
      const paths = others.demo
        ? recordings
        : atLeastOne(recordings, 'recording', 'name files or folders, or --demo');
      const { replay } = await import('../../tools/replay/replay');
      return replay({
        ...others,
        paths,
        wake,
        mute,
        silenceMs: Math.round(silence * 1000),
        epochMs: epochMsOf(time, others.zone),
      });
    }),
  );
