"""`npm run models:train -- voice`: speaks the vocabulary and packs it; what was spoken before, only packs."""

import subprocess
from pathlib import Path

import numpy as np

from ..arguments import of_voice
from ..places import TRAIN
from ..progress import Progress
from ..sources import fetch
from .pack import pack
from .speech import RATE, Talker, is_last, symbols_of, tidied


def vocabulary() -> list[str]:
    script = TRAIN / "voice" / "vocabulary.ts"
    said = subprocess.run(["npx", "tsx", str(script)], capture_output=True, text=True, cwd=TRAIN, check=True)
    return said.stdout.splitlines()


def main(arguments: list[str]) -> None:
    given = of_voice(arguments)
    fetch(given.cache / "sources")
    clips = spoken(vocabulary(), given.talker, given.speed, given.cache)
    ready = {clip: tidied(samples, is_last(clip)) for clip, samples in clips.items()}
    given.out.mkdir(parents=True, exist_ok=True)
    file = pack(ready)
    (given.out / "voice.bin").write_bytes(file)
    seconds = sum(map(len, ready.values())) / RATE
    print(f"{given.out / 'voice.bin'}: {len(ready)} clips, {seconds:.1f} s, {len(file):,} bytes")


def spoken(clips: list[str], talker: str, speed: float, cache: Path) -> dict[str, np.ndarray]:
    folder = cache / "voice" / f"{talker}-{speed}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = {clip: folder / f"{symbols_of(clip).replace(' ', '_')}.npy" for clip in clips}
    missing = [clip for clip in clips if not paths[clip].exists()]
    speaker = Talker(cache / "sources", talker, speed) if missing else None
    progress = Progress("clips spoken", max(1, len(missing)))
    for done, clip in enumerate(missing, 1):
        partial = paths[clip].with_suffix(".part")
        with partial.open("wb") as file:
            np.save(file, speaker.say(clip))
        partial.rename(paths[clip])
        progress.show(done)
    return {clip: np.load(path) for clip, path in paths.items()}
