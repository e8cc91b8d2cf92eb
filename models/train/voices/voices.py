"""Voices: Kokoro's 54 style vectors, mixed into as many talkers as wanted."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

ROW_LENGTHS = np.arange(4, 164, 8)  # a style depends a little on how many tokens are said


def pack_voices(folder: Path, out: Path) -> None:
    """`folder` holds one float32 file [510, 256] a voice; a twentieth of it is enough."""
    names = sorted(file.stem for file in folder.glob("*.bin"))
    styles = [np.fromfile(folder / f"{name}.bin", np.float32).reshape(-1, 256)[ROW_LENGTHS] for name in names]
    np.savez_compressed(out, names=np.array(names), styles=np.array(styles, np.float16))


class Voices:
    def __init__(self, path: Path, is_wanted: Callable[[int], bool] = lambda index: True):
        packed = np.load(path)
        self.styles = packed["styles"].astype(np.float32)
        names = [(i, str(name)) for i, name in enumerate(packed["names"]) if is_wanted(i)]
        self.american = [i for i, name in names if name[0] == "a"]
        self.british = [i for i, name in names if name[0] == "b"]
        self.other = [i for i, name in names if name[0] not in "ab"]

    def talker(self, british: bool, token_count: int, rng: np.random.Generator) -> np.ndarray:
        """A style [256]: timbre and prosody each mixed of one to three voices."""
        row = min(int(np.searchsorted(ROW_LENGTHS, token_count)), len(ROW_LENGTHS) - 1)
        native = self.british if british else self.american
        timbre = self.mix(native + self.american + self.british + self.other, row, rng)
        prosody = self.mix(native * 6 + self.american + self.british + self.other, row, rng)
        return np.concatenate([timbre[:128], prosody[128:]])

    def mix(self, pool: list[int], row: int, rng: np.random.Generator) -> np.ndarray:
        count = int(rng.choice([1, 2, 3], p=[0.35, 0.4, 0.25]))
        chosen = rng.choice(pool, count)
        weights = rng.dirichlet(np.ones(count))
        return np.tensordot(weights, self.styles[chosen, row], 1)
