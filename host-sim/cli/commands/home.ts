import { declare, exits, Option, verb } from '../command';

const work = () => import('../../tools/home');

const grammarOption = new Option('--grammar <file>', 'the commands').default('models/home/home.grammar');

const check = verb('check')
  .description(
    'reads a map of a home and says what is wrong with it, and which intents and slots the grammar does not have',
  )
  .argument('<map>', 'its file, as models/home/maps has some')
  .addOption(grammarOption)
  .action(exits(async (map, { grammar }) => (await work()).check(map, grammar)));

const said = verb('said')
  .description('what a home would be sent for words, one message a line: topic, then text')
  .argument('<map>', 'its file')
  .argument('<text...>', 'words in quotes')
  .addOption(grammarOption)
  .action(exits(async (map, texts, { grammar }) => (await work()).said(map, grammar, texts)));

export const command = declare('home')
  .description('What lights and things are sent over MQTT for what is said: a map that an owner edits.')
  .addCommand(check)
  .addCommand(said)
  .addHelpText(
    'after',
    '\nExit code: 0 all well, 1 something has no message, 2 a map or an option is wrong.',
  );
