"""Recordings of people, without transcripts, as speech to train on.

Written down by Moonshine, and labelled with those pronunciations of the words that the present
phone model hears. What the two hear too differently is thrown away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from scipy.signal import resample_poly
from torch.nn import functional

from ..networks.network import Network
from ..networks.shapes import STACK
from ..phones.kernels import chosen_ways
from ..phones.said import ways_of
from ..scenes.features import features
from ..scenes.phone_features import INPUT_SCALE as PLAIN_SCALE
from ..scenes.phone_features import features as plain_features
from ..words.prompts import Prompt
from .moonshine import Moonshine
from .pauses import RATE
from .spoken import SAMPLE_RATE, Spoken
from .synth import save_shard

WORST_LOSS = 2.2  # nats a phone; above, words and sound do not belong together
UTTERANCES_A_SHARD = 40
AT_HAND = 128  # utterances, so that some are about as long as each other


@dataclass
class Utterance:
    samples: np.ndarray  # float32 at 16 kHz
    words: list[str]
    phones: list[int]
    loss: float  # nats a phone


def heard(samples: np.ndarray, input_scale: float) -> np.ndarray:
    """int8 features as a model with inputs of this scale hears them."""
    return (plain_features if input_scale == PLAIN_SCALE else features)(samples)


@torch.no_grad()
def log_probabilities(network: Network, samples: np.ndarray) -> torch.Tensor:
    """[steps, labels] of the utterance with silence around it."""
    loud = samples / (np.abs(samples).max() + 1e-9) * 12_000
    lead, rest = np.zeros(int(0.6 * RATE)), np.zeros(int(0.5 * RATE))
    frames = heard(np.concatenate([lead, loud, rest]).astype(np.int16), network.shape.input_scale)
    frames = frames[30 : 30 + (len(frames) - 30) // STACK * STACK].reshape(1, -1, STACK * frames.shape[1])
    return functional.log_softmax(network(torch.from_numpy(frames))[0].float(), -1)


def labelled(logs: torch.Tensor, words: list[str]) -> tuple[list[int], float]:
    """The phones that fit best, of all ways in which the words may be said; their loss in nats a phone."""
    phones = chosen_ways(logs.numpy(), [ways_of(word) for word in words])
    if not phones:
        return phones, np.inf
    steps, counts = torch.tensor([len(logs)]), torch.tensor([len(phones)])
    loss = functional.ctc_loss(logs[:, None], torch.tensor([phones]), steps, counts, reduction="sum")
    return phones, float(loss) / len(phones)


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
