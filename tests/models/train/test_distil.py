"""The speech embedding taught to hear through noise: what it is shown, and that it learns from it."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed (it comes with .venv-train)")

import torch
from train.embedding.fit import EMBEDDINGS, FRAMES, MIXTURE, Pairs, fit
from train.embedding.network import NUMBERS
from train.embedding.pairs import PairJob, make_pairs
from train.scenes.augment import Surroundings
from train.scenes.mel import BANDS
from train.scenes.noises import noise_pool
from train.scenes.rooms import rooms
from train.voices.spoken import Spoken
from train.voices.synth import save_shard
from train.wake.scenes import STREAM
from train.words.prompts import Prompt

BATCHES = 10


@pytest.fixture(scope="module")
def shards(made_up_embedding, tmp_path_factory):
    """Pairs of a voice that is tones, and of music that is noise."""
    folder, rng, jobs = tmp_path_factory.mktemp("pairs"), np.random.default_rng(2), []
    tones = [0.3 * np.sin(np.arange(40_000) * rng.uniform(0.02, 0.3)) for _ in range(30)]
    noise = [rng.normal(0, 0.1, 24_000 * 25) for _ in range(2)]
    for kind, sounds in (("talk", tones), ("music", noise)):
        source = folder / f"{kind}-said" / "0000.npz"
        source.parent.mkdir()
        save_shard(source, [(Prompt([], [], british=False), Spoken(sound, np.zeros(0))) for sound in sounds])
        jobs.append(PairJob(kind, source, folder / kind / "0000.npz", 5))
    voices = [rng.standard_normal(16_000).astype(np.float32)]
    make_pairs(jobs, Surroundings(rooms(3, 1), noise_pool(1.4, voices, 1)), made_up_embedding, 1)
    return {job.kind: [job.out] for job in jobs}


@pytest.fixture(scope="module")
def pairs(shards):
    return Pairs(shards["talk"], shards["music"])


def test_a_pair_is_talk_in_noise_and_what_the_teacher_hears_without(shards, made_up_embedding):
    pair = np.load(shards["talk"][0])
    assert pair["heard"].shape == pair["said"].shape == (len(pair["heard"]), STREAM, BANDS)
    assert pair["heard"].astype(int).min(2).mean() > pair["said"].astype(int).min(2).mean() + 10
    again = made_up_embedding.listen(torch.from_numpy(pair["said"])).numpy()
    assert np.abs(pair["targets"] - again).max() < 0.05 * np.abs(again).max()


def test_music_shall_be_heard_as_the_teacher_hears_it(shards, made_up_embedding):
    pair = np.load(shards["music"][0])
    assert len(pair["heard"]) == 2
    again = made_up_embedding.listen(torch.from_numpy(pair["heard"])).numpy()
    assert np.abs(pair["targets"] - again).max() < 0.05 * np.abs(again).max()


def test_an_example_is_what_its_embeddings_hear(pairs, made_up_embedding):
    mels, targets = pairs.batch(np.random.default_rng(1))
    assert mels.shape == (sum(MIXTURE.values()), FRAMES, BANDS)
    assert targets.shape == (len(mels), EMBEDDINGS, NUMBERS)
    undisturbed = slice(MIXTURE["talk"], None)
    heard = made_up_embedding.listen(mels[undisturbed])
    assert (heard - targets[undisturbed]).abs().max() < 0.05 * heard.abs().max()


def test_talk_in_noise_comes_nearer_to_what_it_was(pairs, made_up_embedding, tmp_path):
    notes = []
    fit(made_up_embedding, pairs, pairs, tmp_path / "checkpoint", batches=BATCHES, seed=3, note=notes.append)
    before, after = (float(note.split("talk ")[1].split(",")[0]) for note in (notes[0], notes[-1]))
    assert after < 0.9 * before, (before, after)


def test_a_stopped_fit_goes_on_as_if_it_had_not(pairs, made_up_embedding, tmp_path, monkeypatch):
    monkeypatch.setattr("train.embedding.fit.REPORT_EVERY", 1)

    def fitted(name: str, stop_after: int | None = None) -> list[torch.Tensor]:
        def note(text: str) -> None:
            if stop_after is not None and text.startswith(f"batch {stop_after} "):
                raise KeyboardInterrupt

        return list(
            fit(made_up_embedding, pairs, pairs, tmp_path / name, batches=2, seed=3, note=note).parameters()
        )

    with pytest.raises(KeyboardInterrupt):
        fitted("stopped", stop_after=1)
    assert all(torch.equal(*both) for both in zip(fitted("stopped"), fitted("whole"), strict=True))
