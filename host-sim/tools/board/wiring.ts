/** Draws how the board is wired that people solder, from its manifest.
 *
 *     npm run wiring      writes boards/esp32-s3-devkitc/wiring.svg */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOARDS, DEFAULT_BOARD, loadBoard } from '../../packages/boards';
import { wiringSvg } from './wiring-svg';

writeFileSync(join(BOARDS, DEFAULT_BOARD, 'wiring.svg'), wiringSvg(loadBoard(DEFAULT_BOARD, BOARDS)));
