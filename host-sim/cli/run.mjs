// Starts the simulator's commands, and installs what they need when that has not been done. Plain JavaScript, as
// nothing else can run before the installation. Usage: node host-sim/cli/run.mjs VERB …
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';

/** The files of commands/ that declare them. */
const VERBS = {
  replay: 'replay.ts',
  listen: 'listen.ts',
  grammar: 'grammar.ts',
  'commands:score': 'commands-score.ts',
  'phones:score': 'phones-score.ts',
  'wake:score': 'wake-score.ts',
  'wake:look': 'wake-look.ts',
  'wake:breath': 'wake-breath.ts',
  bench: 'bench.ts',
  build: 'build.ts',
  flash: 'flash.ts',
  soak: 'soak.ts',
  pack: 'pack.ts',
  budgets: 'budgets.ts',
};
/** These need packages that nothing else needs; mcconfig calls TypeScript's compiler. */
const VERBS_WITH_TOOLS = ['build', 'flash', 'soak', 'budgets'];
const LEAST_NODE = 20;

function main([verb, ...options]) {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE) {
    return complain(`this is Node ${process.versions.node}; Node ${LEAST_NODE} or newer is needed`);
  }
  if (!Object.hasOwn(VERBS, verb ?? '')) {
    return complain(`'${verb ?? ''}' is no command: ${Object.keys(VERBS).join(', ')} are`);
  }
  if (!installPackages(neededBy(verb, options)))
    return complain('npm install did not succeed; its message above says why');
  // absolute, so that it is found whatever folder the command is given in
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const { status, signal } = spawnSync(
    process.execPath,
    ['--import', loader, fileURLToPath(new URL('main.ts', import.meta.url)), VERBS[verb], ...options],
    { stdio: 'inherit' },
  );
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

function neededBy(verb, options) {
  if (options.includes('--help') || options.includes('-h')) return 'help';
  // the real XS is compiled from a package's sources
  const needsXs = options.includes('xs') || options.includes('--engine=xs');
  return needsXs || VERBS_WITH_TOOLS.includes(verb) ? 'tools' : 'product';
}

function complain(message) {
  console.error(`earshot: ${message}`);
  return 2;
}

// Ctrl-C is for the command, which ends in good order; this process waits for it
process.on('SIGINT', () => {});
process.exitCode = main(process.argv.slice(2));
