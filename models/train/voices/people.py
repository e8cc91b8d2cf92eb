"""Recordings of people, without transcripts, as speech to train on.

Cut at pauses, written down by Moonshine, and labelled with those pronunciations of the words that the present
phone model hears. What the two hear too differently is thrown away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import soundfile
import torch
from scipy.signal import resample_poly
from torch.nn import functional

from ..networks.network import Network
from ..networks.shapes import STACK
from ..scenes.features import features
from ..words.alphabet import INDEX, bare
from ..words.lexicon import pronunciations
from ..words.prompts import Prompt
from .flite import said_by_flite
from .moonshine import Moonshine
from .pauses import RATE, pieces
from .spoken import SAMPLE_RATE, Spoken
from .synth import save_shard

WORST_LOSS = 2.2  # nats a phone; above, words and sound do not belong together
WAYS = 5  # pronunciations of a word, at most
UTTERANCES_A_SHARD = 40
AT_HAND = 128  # utterances, so that some are about as long as each other


@dataclass
class Utterance:
    samples: np.ndarray  # float32 at 16 kHz
    words: list[str]
    phones: list[int]
    loss: float  # nats a phone


def ways_of(word: str) -> list[list[int]]:
    """Pronunciations as labels, without repeats; words that no dictionary has are read by flite."""
    known = pronunciations().get(word)
    if known is None:
        return [[INDEX[phone] for phone in said_by_flite(word)]]
    labels = [[INDEX[bare(phone)] for phone in way] for way in known[:WAYS]]
    return [way for place, way in enumerate(labels) if way not in labels[:place]]


@torch.no_grad()
def log_probabilities(network: Network, samples: np.ndarray) -> torch.Tensor:
    """[steps, labels] of the utterance with silence around it."""
    loud = samples / (np.abs(samples).max() + 1e-9) * 12_000
    lead, rest = np.zeros(int(0.6 * RATE)), np.zeros(int(0.5 * RATE))
    frames = features(np.concatenate([lead, loud, rest]).astype(np.int16))
    frames = frames[30 : 30 + (len(frames) - 30) // STACK * STACK].reshape(1, -1, STACK * frames.shape[1])
    return functional.log_softmax(network(torch.from_numpy(frames))[0].float(), -1)


def losses(logs: torch.Tensor, candidates: list[list[int]]) -> np.ndarray:
    longest = max(map(len, candidates))
    labels = torch.tensor([way + [0] * (longest - len(way)) for way in candidates])
    counts = torch.tensor([len(way) for way in candidates])
    many = logs[:, None].expand(-1, len(candidates), -1)
    steps = torch.full((len(candidates),), len(logs))
    return functional.ctc_loss(many, labels, steps, counts, reduction="none").numpy()


def labelled(logs: torch.Tensor, words: list[str]) -> tuple[list[int], float]:
    """The phones that fit best, found word by word from the most usual ones; their loss in nats a phone."""
    ways = [ways_of(word) for word in words]
    chosen = [some[0] for some in ways]
    for at, some in enumerate(ways):
        if len(some) > 1:
            trials = [joined([*chosen[:at], way, *chosen[at + 1 :]]) for way in some]
            chosen[at] = some[int(np.argmin(losses(logs, trials)))]
    phones = joined(chosen)
    return phones, float(losses(logs, [phones])[0]) / max(1, len(phones)) if phones else np.inf


def joined(chosen: list[list[int]]) -> list[int]:
    return [phone for way in chosen for phone in way]


def recordings_below(folder: Path, skip_seconds: float) -> Iterator[np.ndarray]:
    """Pieces of every FLAC and WAV file below `folder`, without its first `skip_seconds`."""
    recordings = sorted(path for path in folder.rglob("*") if path.suffix in (".flac", ".wav"))
    if not recordings:
        raise SystemExit(f"no .flac or .wav below {folder}")
    for path in recordings:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        yield from pieces(resample_poly(samples.mean(1), RATE, rate).astype(np.float32), skip_seconds)


def utterances(said: Iterable[np.ndarray], moonshine: Moonshine, network: Network) -> Iterator[Utterance]:
    supply = iter(said)
    while lines := list(islice(supply, AT_HAND)):
        for samples, words in zip(lines, moonshine.words(lines), strict=True):
            phones, loss = labelled(log_probabilities(network, samples), words)
            yield Utterance(samples, words, phones, loss)


def write_people(
    said: Iterable[np.ndarray],
    moonshine: Path,
    network: Network,
    out: Path,
    *,
    worst_loss: float = WORST_LOSS,
    first_shard: int = 0,
) -> None:
    """What people said, float32 at 16 kHz, into `out/NNNN.npz`; without what was not understood."""
    out.mkdir(parents=True, exist_ok=True)
    kept, number = [], first_shard
    supply = utterances(said, Moonshine(moonshine), network.eval())
    for heard, utterance in enumerate(supply, 1):
        if utterance.loss < worst_loss:
            kept.append(utterance)
        if len(kept) == UTTERANCES_A_SHARD:
            save_people(out / f"{number:04}.npz", kept)
            kept, number = [], number + 1
            count = (number - first_shard) * UTTERANCES_A_SHARD
            print(f"{out.name}: {count} of {heard} utterances kept", flush=True)
    if kept:
        save_people(out / f"{number:04}.npz", kept)


def save_people(path: Path, kept: list[Utterance]) -> None:
    shard = []
    for utterance in kept:
        samples = resample_poly(utterance.samples, SAMPLE_RATE, RATE).astype(np.float32)
        samples *= 0.6 / (np.abs(samples).max() + 1e-9)
        shard.append((Prompt([], utterance.phones, False), Spoken(samples, np.zeros(0))))
    save_shard(path, shard)
