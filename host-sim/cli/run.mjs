// Starts the simulator's commands, and installs what they need when that has not been done. Plain JavaScript, as
// nothing else can run before the installation. Usage: node host-sim/cli/run.mjs VERB …
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';

const VERBS = {
  replay: 'tools/replay/replay.ts',
  listen: 'tools/replay/listen.ts',
  grammar: 'grammar/main.ts',
  'commands:score': 'tools/score/commands.ts',
  'phones:score': 'tools/score/phones.ts',
  'wake:score': 'tools/score/wake.ts',
  'wake:look': 'tools/score/look.ts',
  'wake:breath': 'tools/score/breath.ts',
  bench: 'tools/bench/main.ts',
  build: 'tools/board/build.ts',
  flash: 'tools/board/flash.ts',
  soak: 'tools/board/soak.ts',
  pack: 'tools/board/pack.ts',
  budgets: 'tools/board/budgets.ts',
};
/** These need packages that nothing else needs; mcconfig calls TypeScript's compiler. */
const VERBS_WITH_TOOLS = ['build', 'flash', 'soak', 'budgets'];
const LEAST_NODE = 20;
const hostSim = fileURLToPath(new URL('..', import.meta.url));

function main([verb, ...options]) {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    return complain(`this is Node ${process.versions.node}; Node ${LEAST_NODE} or newer is needed`);
  }
  if (!Object.hasOwn(VERBS, verb ?? '')) {
    return complain(`'${verb ?? ''}' is no command: ${Object.keys(VERBS).join(', ')} are`);
  }
  // the real XS is compiled from a package's sources
  const needsXs = options.includes('xs') || options.includes('--engine=xs');
  if (!installPackages(needsXs || VERBS_WITH_TOOLS.includes(verb)))
    return complain('npm install did not succeed; its message above says why');
  // absolute, so that it is found whatever folder the command is given in
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const { status, signal } = spawnSync(
    process.execPath,
    ['--import', loader, join(hostSim, VERBS[verb]), ...options],
    { stdio: 'inherit' },
  );
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

function complain(message) {
  console.error(`earshot: ${message}`);
  return 2;
}

// Ctrl-C is for the command, which ends in good order; this process waits for it
process.on('SIGINT', () => {});
process.exitCode = main(process.argv.slice(2));
