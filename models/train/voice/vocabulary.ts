// `tsx vocabulary.ts` prints what the speaker's voice can say, a clip a line.
import { VOCABULARY } from '../../../firmware/core/speech/vocabulary';

console.log(VOCABULARY.join('\n'));
