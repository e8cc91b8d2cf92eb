"""The student's lessons: easy ones first, noise and rooms later; gone on with after a stop."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..networks.network import Network
from ..networks.restart import parted
from ..networks.shapes import PHONES, STACK
from ..networks.training import Training
from ..scenes.phone_features import CHANNELS, INPUT_SCALE, INPUT_ZERO_POINT
from .calibration import uncalibrate
from .kernels import Ctc, chosen_ways
from .measure import Measured, Said, in_words
from .mix import Batch, Difficulty, Mixer
from .student import Student
from .teacher import DIRECTIONS, Teacher

# how often, for their hours: single words and other readers are few
PEOPLE = {"an4": 2.0, "speech-commands": 3.0, "speechocean": 1.2, "cathy": 0.7, "read-speech": 3.0}
WEIGHTS = PEOPLE | {"hibari": 1.5, "flite": 1.5, "espeak": 1.0}
EASIEST, HARDEST = 0.2, 1.0  # of a batch, at first and from HARDEST_FROM on
EASIEST_AGAIN = 0.7  # for a network that has learnt before
HARDEST_FROM = 0.4  # of the time
HALFWAY_SHARE, TEACHER_SHARE, SMOOTHING = 0.2, 0.5, 0.01
CHOSEN_FROM = 0.15  # of the time: from then on the student's own ears say which way a word was said
FRAMES_A_BATCH = 3_600
MEASURING_BATCHES, MEASURING_HARDNESS = 60, 0.5
SAVE_EVERY_S, REPORT_EVERY_S = 120.0, 180.0
TAIL = PHONES.delay * STACK


@dataclass
class Lessons:
    mixer: Mixer
    teacher: Teacher | None
    measured: Measured


def real_inputs(inputs: np.ndarray) -> torch.Tensor:
    """int8 [rows, frames, CHANNELS] to what they stand for, [rows, steps, STACK * CHANNELS]."""
    rows, frames, _ = inputs.shape
    real = (torch.from_numpy(inputs).float() - INPUT_ZERO_POINT) * float(INPUT_SCALE)
    return real.reshape(rows, frames // STACK, STACK * CHANNELS)


def loss_of(
    student: Student, teacher: Teacher | None, mixer: Mixer, batch: Batch
) -> tuple[torch.Tensor, float]:
    """For each phone said; and of that, what CTC alone is."""
    logits, halfway, guesses = student(real_inputs(batch.inputs))
    said = (torch.from_numpy(batch.lengths), torch.from_numpy(batch.labels), torch.from_numpy(batch.counts))
    phones = int(batch.counts.sum())
    loss = Ctc.apply(logits, *said) / phones
    present = torch.arange(logits.shape[1]) < said[0][:, None]
    uniform = -(logits.log_softmax(-1).mean(-1) * present).sum() / phones
    total = loss + SMOOTHING * uniform + HALFWAY_SHARE * Ctc.apply(halfway, *said) / phones
    if teacher:
        indices = np.array([mixer.utterances[row].index for row in batch.utterances])
        total = total + TEACHER_SHARE * teacher.loss(guesses, batch, indices, PHONES.delay)
    return total, float(loss)


def hardness(progress: float, easiest: float) -> float:
    return easiest + (HARDEST - easiest) * min(1.0, progress / HARDEST_FROM)


def choose(mixer: Mixer, network: Network) -> int:
    """Gives each utterance the ways of its words that the network hears; how many utterances that changed."""
    changed, bands = 0, mixer.copies[0][1]
    said = [Said(bands[one.index], one.ways, ()) for one in mixer.utterances]
    for row, logits in Measured(said, TAIL).logits(network):
        labels = chosen_ways(
            logits - np.logaddexp.reduce(logits, -1, keepdims=True), mixer.utterances[row].ways
        )
        changed += labels != mixer.utterances[row].labels
        mixer.utterances[row].labels = labels
    return changed


def measuring_batches(mixer: Mixer) -> Iterator[torch.Tensor]:
    """Inputs to measure ranges on."""
    for rows in mixer.order({}, FRAMES_A_BATCH)[:MEASURING_BATCHES]:
        inputs = mixer.batch(rows, Difficulty.at(MEASURING_HARDNESS)).inputs
        yield torch.from_numpy(inputs).reshape(len(rows), -1, STACK * CHANNELS)


def beginning(start: Path | None, mixer: Mixer) -> Network:
    """A new network, or the converted model `start` as one to be taught on."""
    if start is None:
        return Network(PHONES)
    network = parted(start, measuring_batches(mixer))
    if network.shape != PHONES:
        raise SystemExit(f"{start} has the shape {network.shape}; the phone model's is {PHONES}")
    uncalibrate(network)
    return network


def fit(
    lessons: Lessons, checkpoint: Path, out: Path, seconds: float, peak: float, seed: int, start: Path | None
) -> None:
    """Leaves the averaged weights in `out` when the time is up, that of earlier runs included."""
    torch.manual_seed(seed)
    student = Student(Network(PHONES) if checkpoint.exists() else beginning(start, lessons.mixer), DIRECTIONS)
    easiest = EASIEST_AGAIN if start else EASIEST
    training = Training(student, checkpoint, peak)
    if checkpoint.exists():
        training.resume("cpu")
    started, losses, has_chosen = time.monotonic() - training.elapsed, [], False
    save_at, report_at = training.elapsed + SAVE_EVERY_S, training.elapsed
    while training.elapsed < seconds:
        for rows in lessons.mixer.order(WEIGHTS, FRAMES_A_BATCH):
            training.elapsed = time.monotonic() - started
            if training.elapsed >= seconds:
                break
            progress = training.elapsed / seconds
            if progress > CHOSEN_FROM and not has_chosen:
                print(
                    f"{choose(lessons.mixer, training.average.network)} utterances said otherwise", flush=True
                )
                has_chosen = True
            batch = lessons.mixer.batch(rows, Difficulty.at(hardness(progress, easiest)))
            student.train()
            loss, ctc = loss_of(student, lessons.teacher, lessons.mixer, batch)
            training.step(loss, progress)
            losses.append(ctc)
            if training.elapsed > report_at:
                report_at = training.elapsed + REPORT_EVERY_S
                wrong = in_words(lessons.measured.errors(training.average.network))
                mean = np.mean(losses[-200:])
                print(
                    f"{training.elapsed:.0f} s, {training.steps} steps, {mean:.3f} nats a phone; {wrong}",
                    flush=True,
                )
            if training.elapsed > save_at:
                save_at = training.elapsed + SAVE_EVERY_S
                training.save()
    training.save()
    torch.save(training.average.network.state_dict(), out)
