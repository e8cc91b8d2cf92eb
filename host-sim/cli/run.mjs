#!/usr/bin/env node
// The command `earshot`, and what stands behind `npm run`: installs what a command needs when that has not been done, and
// starts it. Plain JavaScript, as nothing else can run before the installation.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hasPackages, installPackages } from './install.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = here('../..');
/** By name, what they do and the file of commands/ that declares them. */
const COMMANDS = JSON.parse(readFileSync(here('commands.json'), 'utf8'));
const LEAST_NODE = 20;

function main(words) {
  if (Number(process.versions.node.split('.')[0]) < LEAST_NODE)
    return complain(`this is Node ${process.versions.node}; Node ${LEAST_NODE} or newer is needed`);
  const [name, ...options] = words[0] === 'help' ? [...words.slice(1, 2), '--help'] : words;
  if (name === undefined || isHelp(name)) return say(overview());
  if (name === '--version' || name === '-V') return say(`earshot ${packageOf().version}`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const wantsHelp = options.some(isHelp);
  if (command?.trains !== undefined) return train(command.trains, options);
  if (command === undefined || wantsHelp)
    return hasPackages() ? start(name, options) : withoutPackages(name, command);
  if (!installPackages(needsTools(command, options) ? 'tools' : 'product'))
    return complain('npm install did not succeed; its message above says why');
  return start(name, options);
}

/** What only the packages can tell is told by main.ts: the options of a command, or which name was meant. */
function start(name, options) {
  // absolute, so that it is found whatever folder the command is given in
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  return run(process.execPath, ['--import', loader, here('main.ts'), name, ...options]);
}

function train(what, options) {
  return run(process.execPath, [
    here('../../models/train/run.mjs'),
    ...(what === '' ? [] : [what]),
    ...options,
  ]);
}

function run(program, words) {
  const { status, signal } = spawnSync(program, words, { stdio: 'inherit', cwd: folderOfPerson() });
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

/** `npm run` goes to the folder of package.json; paths are meant from where the person is. */
function folderOfPerson() {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  const isOfNpm = script !== undefined && Object.hasOwn(packageOf().scripts ?? {}, script);
  return isOfNpm && folder && process.cwd() === root.replace(/[\\/]$/, '') ? folder : process.cwd();
}

function needsTools({ needsTools = false }, options) {
  // the real XS is compiled from a package's sources
  return needsTools || options.includes('xs') || options.includes('--engine=xs');
}

function withoutPackages(name, command) {
  if (command === undefined)
    return complain(
      `'${name}' is no command: ${Object.keys(COMMANDS).join(', ')} are (earshot --help tells more)`,
    );
  return say(
    `earshot ${name}: ${command.about}\n\nIts options are known once the packages are there: npm install gets them, or any command does.`,
  );
}

function overview() {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return [
    'Usage: earshot COMMAND …',
    '',
    'A smart speaker that keeps what it hears, on this computer.',
    '',
    'Commands:',
    ...lines,
    '',
    'earshot COMMAND --help tells of one. In a checkout: npx . COMMAND …, or npm run COMMAND -- …',
  ].join('\n');
}

function packageOf() {
  return JSON.parse(readFileSync(here('../../package.json'), 'utf8'));
}

function isHelp(word) {
  return word === '--help' || word === '-h';
}

function say(text) {
  console.log(text);
  return 0;
}

function complain(message) {
  console.error(`earshot: ${message}`);
  return 2;
}

// Ctrl-C is for the command, which ends in good order; this process waits for it
process.on('SIGINT', () => {});
process.exitCode = main(process.argv.slice(2));
