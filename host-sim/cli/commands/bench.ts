import { declare, exits } from '../command';

export const command = declare('bench')
  .description(
    'Times features, networks, decoder and replay on the bundled recording, on one core, beside the native builds that ' +
      'the field uses, where npm test has installed them. Takes minutes.',
  )
  .action(exits(async () => (await import('../../tools/bench/main')).bench()));
