"""The second look as the speaker takes it, in floats and for many at once: wake_word.c and what it
asks say why, second_look.json has the numbers of both."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from ..words.alphabet import BLANK, INDEX

NAT = 256  # the natives count losses and logits in these
FRAMES_A_STEP = 3


def _numbers() -> dict[str, float]:
    """Nats, counts of frames and of pieces, and dB, by the natives' names."""
    file = Path(__file__).parents[3] / "firmware/natives/ear/second_look.json"
    named = json.loads(file.read_text()).items()
    return {name: round(NAT * of["nats"]) / NAT if "nats" in of else of["count"] for name, of in named}


_NUMBER = _numbers()
SLOPE_NATS = _NUMBER["WAKE_WORD_LOOK_SLOPE"]
VERIFIER_WEIGHT = _NUMBER["WAKE_WORD_VERIFIER_WEIGHT"]
LEAST_LOGIT_NATS = _NUMBER["WAKE_WORD_LEAST_LOGIT"]
MOST_LOSS_NATS = _NUMBER["WAKE_WORD_MOST_LOSS"]
SURE_LOGIT_NATS = _NUMBER["WAKE_WORD_SURE_LOGIT"]
UNPAUSED_NATS = _NUMBER["WAKE_WORD_UNPAUSED_LOSS"]
MOST_UNPAUSED_NATS = _NUMBER["WAKE_WORD_MOST_UNPAUSED_LOSS"]
TALK_NATS = _NUMBER["WAKE_WORD_TALK_LOSS"]
PAUSE_DB, ROOM_DB, TALK_DB = (_NUMBER[name] for name in ("PAUSE_DB", "PAUSE_ROOM_DB", "TALK_DB"))
ROOM_STEPS = _NUMBER["PAST_LEVELS"] // FRAMES_A_STEP
PAUSE_STEPS = _NUMBER["PAUSE_FRAMES"] // FRAMES_A_STEP
TALK_STEPS = _NUMBER["TALK_PIECE_FRAMES"] // FRAMES_A_STEP
TALK_PIECES, TALK_LATEST_PIECES = _NUMBER["TALK_PIECES"], _NUMBER["TALK_LATEST_PIECES"]
# before the word's first step, which the natives count from its end
ONSET_STEPS = _NUMBER["PAUSE_ONSET_FRAMES"] // FRAMES_A_STEP - 1
EARLIEST_STEPS = _NUMBER["PAUSE_EARLIEST_FRAMES"] // FRAMES_A_STEP - 1
LATEST_STEPS = _NUMBER["PAUSE_LATEST_FRAMES"] // FRAMES_A_STEP
LONGEST_STEPS = _NUMBER["ALIGNMENT_MAX_FRAMES"] // FRAMES_A_STEP
SURE_STEPS = 25  # the highest of the spotter's means and of the verifier's logits, and
END_STEPS = 11  # the best end of these latest steps count together
LOST = np.float32(1e9)
NOTHING = 1e-30  # the power of silence


def weighed(logits: np.ndarray) -> np.ndarray:
    """What an alignment loses by each class where the phone model gives these logits, [..., 40]."""
    highest = logits.max(-1, keepdims=True)
    losses = highest - logits + np.log(np.exp(logits - highest).sum(-1, keepdims=True))
    return losses / 4 + losses**2 * 3 / 16


def losses_at_ends(losses: np.ndarray, ways: list[list[str]]) -> tuple[np.ndarray, np.ndarray]:
    """The least that a phone of the word loses, in nats, where the word ends at each step, and the step with
    which it began: [rows, steps]. `losses` are of classes [rows, steps, 40]; a way is a list of phones,
    "AH|IH" for either."""
    ends, began = (np.array(some) for some in zip(*(ends_of_way(losses, way) for way in ways), strict=True))
    best = ends.argmin(0)[None]
    return np.take_along_axis(ends, best, 0)[0], np.take_along_axis(began, best, 0)[0]


def ends_of_way(losses: np.ndarray, way: list[str]) -> tuple[np.ndarray, np.ndarray]:
    classes = [[INDEX[phone] for phone in phones.split("|")] for phones in way]
    own = np.stack([losses[..., some].min(-1) for some in classes], -1)
    rows, steps, count = own.shape
    repeats = np.array([False, *(bool({*a} & {*b}) for a, b in pairwise(classes))])
    sounding, passed = (np.full((rows, count), LOST, np.float32) for _ in range(2))
    began = [np.zeros((rows, count), np.int32) for _ in range(2)]  # of the sounding and of the passed
    ends, first = np.full((rows, steps), LOST, np.float32), np.zeros((rows, steps), np.int32)
    for step in range(steps):
        before = np.full((rows, 3, count), LOST, np.float32)  # ways into a phone: itself, a blank, a phone
        starts = np.zeros((rows, 3, count), np.int32)
        before[:, 0], starts[:, 0] = sounding, began[0]
        before[:, 1, 1:], starts[:, 1, 1:] = passed[:, :-1], began[1][:, :-1]
        before[:, 2, 1:], starts[:, 2, 1:] = np.where(repeats[1:], LOST, sounding[:, :-1]), began[0][:, :-1]
        before[:, 1, 0], starts[:, 1, 0] = 0, step
        into_blank = np.stack([sounding, passed], 1)
        sounding, began_sounding = taken(before, starts, own[:, step], step)
        passed, began_passed = taken(into_blank, np.stack(began, 1), losses[:, step, BLANK, None], step)
        began = [began_sounding, began_passed]
        ends[:, step], first[:, step] = sounding[:, -1] / count, began_sounding[:, -1]
    return ends, first


def taken(
    before: np.ndarray, starts: np.ndarray, loss: np.ndarray, step: int
) -> tuple[np.ndarray, np.ndarray]:
    """The best of the ways in, [rows, ways, phones], one step further; none that takes too long."""
    best = before.argmin(1)[:, None]
    start = np.take_along_axis(starts, best, 1)[:, 0]
    total = np.take_along_axis(before, best, 1)[:, 0] + loss
    return np.where(step - start > LONGEST_STEPS, LOST, np.minimum(total, LOST)), start


def unpaused_losses(power: np.ndarray, began: np.ndarray) -> np.ndarray:
    """What each phone of a word loses more, in nats, where no pause came before it, [rows, steps]: the word
    began with `began` and ends at the step. `power` of each step's sound is 0 where there was none yet."""
    rows, steps = power.shape
    until = np.zeros((rows, steps + 1))  # what came before each step, added up
    until[:, 1:] = power.cumsum(1, dtype=np.float64)
    pauses = np.maximum((until[:, PAUSE_STEPS:] - until[:, :-PAUSE_STEPS]) / PAUSE_STEPS, NOTHING)
    choices = EARLIEST_STEPS - LATEST_STEPS - PAUSE_STEPS + 2
    quietest = least(
        np.pad(pauses, ((0, 0), (EARLIEST_STEPS, PAUSE_STEPS)), constant_values=NOTHING), choices
    )
    is_heard = least(power > 0, PAUSE_STEPS)
    rooms = np.pad(np.where(is_heard, pauses, np.inf), ((0, 0), (ROOM_STEPS - 1, 0)), constant_values=np.inf)
    room = least(rooms, ROOM_STEPS - PAUSE_STEPS + 1)[:, :steps]
    end = np.arange(steps) + 1
    onset = np.clip(began - ONSET_STEPS, 0, end - 1)
    said = np.take_along_axis(until, end + 0 * began, 1) - np.take_along_axis(until, onset, 1)
    word = np.maximum(said / (end - onset), NOTHING)
    contrast = 10 * np.log10(word / np.take_along_axis(quietest, began, 1))
    possible = 10 * np.log10(word / np.where(np.isinf(room), word, room)) - ROOM_DB
    return np.clip((np.minimum(PAUSE_DB, possible) - contrast) * UNPAUSED_NATS, 0, MOST_UNPAUSED_NATS)


def talk_shares(power: np.ndarray) -> np.ndarray:
    """How much was talk lately, [rows, steps], from 0 to 1, by the power of each step's sound. What was not
    heard, before the first sound, was none."""
    rows, steps = power.shape
    count = steps // TALK_STEPS
    pieces = power[:, : count * TALK_STEPS].reshape(rows, count, TALK_STEPS).mean(-1)
    levels = 10 * np.log10(np.maximum(pieces, NOTHING))
    is_heard = np.maximum.accumulate(pieces > 0, 1)
    shares = np.zeros((rows, steps))
    for end in range(TALK_LATEST_PIECES + 1, count + 1):
        kept = slice(max(0, end - TALK_PIECES - TALK_LATEST_PIECES), end)
        quietest = np.where(is_heard[:, kept], levels[:, kept], np.inf).min(1, keepdims=True)
        is_talk = is_heard[:, kept] & (levels[:, kept] >= quietest + TALK_DB)
        share = is_talk[:, :-TALK_LATEST_PIECES].sum(1, keepdims=True) / TALK_PIECES
        shares[:, end * TALK_STEPS - 1 :] = share  # until the next piece is whole
    return shares


def least(values: np.ndarray, count: int) -> np.ndarray:
    """Of these and the `count` - 1 after each."""
    return np.lib.stride_tricks.sliding_window_view(values, count, axis=1).min(-1)


def look_scores(
    means: np.ndarray,
    ends: np.ndarray,
    look_cutoff: float,
    logits: np.ndarray | None = None,
    unsure_loss_nats: float = MOST_LOSS_NATS,
    talk: np.ndarray | float = 0.0,
) -> np.ndarray:
    """Of the spotter's means, the losses at ends, the verifier's logits where there is one and the shares of
    talk, [rows, steps]: the speaker wakes where this is not below -loss_nats. `unsure_loss_nats` is what a
    phone may lose at most where no verifier is sure."""
    sure = latest(means, SURE_STEPS)
    fit = latest(-ends, END_STEPS)
    best = np.zeros_like(means) if logits is None else latest(logits, SURE_STEPS)
    most = np.where(best < SURE_LOGIT_NATS, unsure_loss_nats, MOST_LOSS_NATS)
    may_wake = (sure > look_cutoff) & (best >= LEAST_LOGIT_NATS) & (fit >= -most)
    sureness = SLOPE_NATS * (sure - 0.5) + VERIFIER_WEIGHT * best - TALK_NATS * talk
    return np.where(may_wake, sureness + fit, -LOST)


def latest(values: np.ndarray, steps: int) -> np.ndarray:
    """The highest of this and the steps before."""
    padded = np.pad(values, ((0, 0), (steps - 1, 0)), constant_values=-LOST)
    return np.lib.stride_tricks.sliding_window_view(padded, steps, axis=1).max(-1)
