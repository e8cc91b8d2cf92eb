// `tsx say-word.ts blorbo` prints the phones, with stress digits, that the grammar's letter rules give to a word.
import { soundsOfLetters } from '../../host-sim/grammar/letter-to-sound';

console.log(soundsOfLetters(process.argv[2] ?? '').join(' '));
