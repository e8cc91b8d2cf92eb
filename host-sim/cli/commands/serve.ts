import { DEFAULT_WAKE_WORD } from '../../packages/speaker-choice';
import { declare, exits } from '../command';
import {
  boardOption,
  grammarOption,
  mapOption,
  mqttCaOption,
  mqttOption,
  phonesOption,
  portOption,
  resourcesOption,
  sensitivityOption,
  wakeOption,
} from '../options';

export const command = declare('serve')
  .description(
    "Serves the speaker's dashboard, over recordings played as fast as they were spoken, or this computer's microphone.",
  )
  .argument('[recordings...]', 'files, or folders of them; without any, the microphone')
  .addOption(wakeOption)
  .addOption(grammarOption)
  .addOption(phonesOption)
  .addOption(resourcesOption)
  .addOption(sensitivityOption)
  .addOption(boardOption)
  .addOption(portOption('the dashboard', 8080))
  .addOption(mqttOption)
  .addOption(mapOption)
  .addOption(mqttCaOption)
  .option('--address <address>', 'on which it is served; this computer alone unless said', '127.0.0.1')
  .option('--update-key <file>', 'takes updates that were signed with the key of this public one')
  .option('--record-file <file>', 'keeps the record there, as the chip keeps it in flash')
  .action(
    exits(async (recordings, { wake = [DEFAULT_WAKE_WORD], ...others }) =>
      (await import('../../tools/serve/serve')).serve({ ...others, wake, recordings }),
    ),
  );
