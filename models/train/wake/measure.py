"""How often a quantised model misses the word or wakes without it, on a development set: by itself at every
cutoff, and together with the phone model's second look at every loss."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..embedding.network import REACH_FRAMES, STRIDE_FRAMES, StoredEmbedding
from ..networks.restart import as_it_is
from ..networks.shapes import STACK
from ..scenes.features import CHANNELS
from ..scenes.mel import SILENCE, STEPS_A_BEL
from ..verifier.fit import Verifier, Windows
from ..verifier.shape import WINDOW
from ..words.alphabet import BLANK
from .corpus import QUIET_STEPS, Positives, Stretches
from .fit import chances, windowed
from .scenes import BEFORE
from .second_look import MOST_LOSS_NATS, look_scores, losses_at_ends, talk_shares, unpaused_losses, weighed

REFRACTORY_STEPS = 66  # two seconds in which nothing counts twice
LOWEST = 0.05  # of the scores that are kept
KEPT_LOSS_NATS = 5.0  # of the looks that are: no point is ever above it
WORD = "word"  # among kinds of scenes
ROWS = 64  # that the phone model hears at a time


@dataclass
class Measured:
    """Scores at one window: of every scene with the word, and of every place without it. With a second look
    they are losses, negated, and so is the cutoff."""

    window: int
    word: np.ndarray
    snr_db: np.ndarray  # of each scene with the word
    false: dict[str, np.ndarray]
    hours: dict[str, float]

    def missed(self, cutoff: float, snr_db: float | None = None) -> tuple[int, int]:
        scores = self.word if snr_db is None else self.word[self.snr_db == snr_db]
        return int((scores < cutoff).sum()), len(scores)

    def woken(self, cutoff: float) -> dict[str, int]:
        return {kind: int((scores >= cutoff).sum()) for kind, scores in self.false.items()}


class PhoneModel:
    """`hears`: which of KINDS_OF_FRAMES."""

    def __init__(self, folder: Path):
        manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.hears = "plain" if manifest.get("features") == "plain" else "frames"
        self.network, self.blank_nats = as_it_is(folder / manifest["model"]), manifest["blankPenalty"] / 2

    @torch.no_grad()
    def losses(self, steps: torch.Tensor) -> np.ndarray:
        """What an alignment loses by each class, [rows, steps, 40], at int8 steps [rows, steps, 120]."""
        parts = []
        for part in steps.split(ROWS):
            logits = self.network(part).float().numpy()
            logits[..., BLANK] -= self.blank_nats
            parts.append(weighed(logits))
        return np.concatenate(parts)


class WordVerifier:
    """What the verifier of a word says at each step of a scene."""

    def __init__(self, embedding: StoredEmbedding, verifier: Verifier):
        self.embedding, self.verifier = embedding, verifier

    def logits(self, mels: np.ndarray) -> np.ndarray:
        """Of int8 mel spectra [rows, frames, 32], after silence: [rows, QUIET_STEPS + frames // STACK]."""
        rows, frames, bands = mels.shape
        before = REACH_FRAMES + (WINDOW - 1) * STRIDE_FRAMES - 1
        heard = np.concatenate([np.full((rows, before, bands), SILENCE, np.int8), mels], 1)
        embeddings = self.embedding(torch.from_numpy(heard))
        logits = Windows(embeddings, torch.ones(embeddings.shape[:2])).logits(self.verifier).numpy()
        frame = (np.arange(-QUIET_STEPS, frames // STACK) + 1) * STACK - 1  # the newest at each step
        return logits[:, np.maximum(frame, 0) // STRIDE_FRAMES]


def after_quiet(frames: np.ndarray) -> torch.Tensor:
    """int8 [rows, frames, CHANNELS] as steps after silence, [rows, QUIET_STEPS + frames // STACK, 120]."""
    rows, count, _ = frames.shape
    steps = frames[:, : count // STACK * STACK].reshape(rows, -1, STACK * CHANNELS)
    return torch.from_numpy(np.pad(steps, ((0, 0), (QUIET_STEPS, 0), (0, 0)), constant_values=-128))


def power_of(mels: np.ndarray) -> np.ndarray:
    """Of the sound at each step, [rows, QUIET_STEPS + frames // STACK], in any unit; 0 for silence.
    The speaker adds up samples instead, which comes to the same but for what lies outside of the bands."""
    frames = np.power(10, mels[:, : mels.shape[1] // STACK * STACK].astype(np.float32) / STEPS_A_BEL).mean(-1)
    steps = frames.reshape(len(mels), -1, STACK).mean(-1)
    is_sound = steps > 10 ** (SILENCE / STEPS_A_BEL)
    return np.pad(np.where(is_sound, steps, 0), ((0, 0), (QUIET_STEPS, 0)))


class Development:
    """Scenes with the word, stretches without it, the wake model's chance at each of their steps and what the
    verifier says there, if there is one."""

    def __init__(
        self, network, int8, positives: Positives, snr_db: np.ndarray, stretches: dict[str, Stretches]
    ):
        self.logits: dict[str, np.ndarray] = {}
        self.ends: dict[str, np.ndarray] = {}
        self.talk: dict[str, np.ndarray] = {}
        self.word, self.snr_db, self.stretches = after_quiet(positives.frames.numpy()), snr_db, stretches
        self.of_word = chances(network, self.word, int8)
        self.of_others = {kind: chances(network, s.steps, int8) for kind, s in stretches.items()}

    def verify(self, verifier: WordVerifier, mels: dict[str, np.ndarray]) -> None:
        """`mels` of the scenes (WORD) and of the stretches by kind."""
        self.logits = {kind: verifier.logits(heard) for kind, heard in mels.items()}

    def means(self, window: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Of the scenes and of the stretches, [rows, steps]."""
        others = {kind: windowed(of, window).numpy() for kind, of in self.of_others.items()}
        return windowed(self.of_word, window).numpy(), others

    def alone(self, window: int) -> Measured:
        return self.measured(window, *self.means(window), LOWEST)

    def align(
        self,
        phones: PhoneModel,
        ways: list[list[str]],
        frames: dict[str, np.ndarray],
        mels: dict[str, np.ndarray],
    ) -> None:
        """Where in the scenes and stretches the word may have ended, after a pause or not, in talk or not.
        `frames`: what the phone model hears of them."""
        for kind, heard in frames.items():
            losses, began = losses_at_ends(phones.losses(after_quiet(heard)), ways)
            power = power_of(mels[kind])[:, : losses.shape[1]]
            self.ends[kind] = losses + unpaused_losses(power, began)
            self.talk[kind] = talk_shares(power)

    def with_look(
        self, window: int, cutoff: float, unsure_loss_nats: float = MOST_LOSS_NATS, is_verified: bool = True
    ) -> Measured:
        """Where a second look begins at this cutoff."""
        mean, mean_of = self.means(window)
        logits = self.logits if is_verified else {}
        scores = {
            kind: look_scores(
                of, self.ends[kind], cutoff, logits.get(kind), unsure_loss_nats, self.talk[kind]
            )
            for kind, of in {WORD: mean, **mean_of}.items()
        }
        return self.measured(window, scores.pop(WORD), scores, -KEPT_LOSS_NATS)

    def measured(
        self, window: int, word: np.ndarray, false: dict[str, np.ndarray], lowest: float
    ) -> Measured:
        """Of scores [rows, steps]; what is said before the word is no part of it."""
        first = QUIET_STEPS + BEFORE // STACK - 20
        return Measured(
            window,
            word[:, first:].max(1),
            self.snr_db,
            {kind: events(scores, self.stretches[kind], lowest) for kind, scores in false.items()},
            {kind: s.hours for kind, s in self.stretches.items()},
        )


def events(scores: np.ndarray, stretches: Stretches, lowest: float = LOWEST) -> np.ndarray:
    """The highest score, then the next highest that is not within two seconds of it, and so on."""
    scores = np.where(stretches.is_word.numpy(), lowest, scores)
    scores[:, :QUIET_STEPS] = lowest
    found = []
    for row in scores:
        while (score := row.max()) > lowest:
            at = int(row.argmax())
            row[max(0, at - REFRACTORY_STEPS) : at + REFRACTORY_STEPS] = lowest
            found.append(score)
    return np.array(found)
