import type { Hearing } from '../../firmware/core/hearing';
import { withModels } from '../../firmware/core/hearing';
import { readNamedFile } from '../cli/files';
import { Problem } from '../cli/problem';
import { BOARDS, type Board, loadBoard } from '../packages/boards';
import { HEARING_RESOURCE } from '../packages/firmware-models';
import { type LoadedHearing, type LoadedSpeaker, loadSpeaker } from '../packages/speaker';
import type { SpeakerChoice } from '../packages/speaker-choice';
import { natives } from './wasm/natives';
import { ModelError } from './wasm/open';
import { type ResourceFile, readResourceFile } from './wasm/read-resources';

const MIB = 1024 * 1024;

/** The speaker that was chosen: of packages in models/, or of a file of resources as it is flashed. @throws Problem */
export async function loadChosenSpeaker(choice: SpeakerChoice): Promise<LoadedSpeaker> {
  return choice.resources === undefined ? loadSpeaker(choice) : flashedSpeaker(choice.resources, choice);
}

/** One that has this file in its flash, and the memory of its board. @throws Problem with what is wrong with the file */
function flashedSpeaker(path: string, { board: boardName, ...choice }: SpeakerChoice): LoadedSpeaker {
  const board = loadBoard(boardName, BOARDS);
  const resourceFile = new Uint8Array(readNamedFile(path, 'a file of resources'));
  const { sensitivity = 'normal', zone } = choice;
  return {
    hearing: hearingOfFile(path, resourceFile, board),
    board,
    sensitivity,
    ...(zone === undefined ? {} : { zone }),
    resourceFile,
  };
}

/** What a board hears with that has this file in its flash. @throws Problem with what is wrong, `path` in front */
export function hearingOfFile(path: string, file: Uint8Array, board: Board): LoadedHearing {
  return hearingIn(opened(path, file, board.configuration.module.psramMiB * MIB), path);
}

function opened(path: string, file: Uint8Array, arenaBytes: number): ResourceFile {
  try {
    return readResourceFile(natives(), file, arenaBytes);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new Problem(
      `${path}: ${error.message}; what npm run pack or npm run build has written would be right`,
    );
  }
}

function hearingIn({ resources }: ResourceFile, path: string): LoadedHearing {
  const named = (name: string): Uint8Array => {
    const found = resources.find((resource) => resource.name === name);
    if (!found) throw new Problem(`${path}: there is no resource '${name}' in it`);
    return found.bytes;
  };
  const text = new TextDecoder().decode(named(HEARING_RESOURCE));
  const { wakeWords = [], commands, ...others } = withModels(JSON.parse(text) as Hearing<string>, named);
  return {
    ...others,
    wakeWords: wakeWords.map((word) => ({ ...word, hasMeasuredPoints: true })),
    ...(commands ? { commands: { ...commands, grammarName: `of ${path}` } } : {}),
  };
}
