"""Music and noises of games: how much of each file is taken, and what becomes of it."""

import io
import zipfile

import numpy as np
import pytest

pytest.importorskip("scipy", reason="skipped: scipy is not installed")
pytest.importorskip("pymicro_features", reason="skipped: pymicro-features is not installed")
pytest.importorskip("soundfile", reason="skipped: soundfile is not installed")

import soundfile
from train.scenes.augment import Surroundings
from train.scenes.features import features
from train.scenes.music import (
    JUDGES,
    LOUDEST,
    PACKAGES,
    PIECE_SECONDS,
    UNHEARD,
    even_share,
    excerpt,
    recordings_in,
    write_pieces,
)
from train.scenes.noises import noise_pool
from train.scenes.rooms import rooms
from train.voices.spoken import SAMPLE_RATE
from train.voices.synth import load_shard
from train.wake.scenes import STREAM, without_talk


def wav(seconds: float, rate: int = 22_050) -> bytes:
    file = io.BytesIO()
    tone = 0.1 * np.sin(np.arange(int(seconds * rate)) * 0.05)
    soundfile.write(file, np.stack([tone, tone], 1), rate, format="WAV")
    return file.getvalue()


def test_nothing_is_learnt_from_the_games_that_wake_words_are_judged_by():
    assert not {*PACKAGES, *UNHEARD} & set(JUDGES)
    assert not set(PACKAGES) & set(UNHEARD)


def test_long_files_give_what_short_ones_leave():
    lengths = [2.0, 100.0, 5.0, 300.0]
    share = even_share(lengths, 60)
    assert sum(min(length, share) for length in lengths) == pytest.approx(60)
    assert even_share(lengths, 1000) == 300
    assert even_share([], 60) == 0


def test_archives_of_games_are_looked_into(tmp_path):
    with zipfile.ZipFile(tmp_path / "pak0.pk3", "w") as archive:
        archive.writestr("sound/step.wav", wav(0.1))
        archive.writestr("maps/arena.bsp", b"nothing to hear")
    (tmp_path / "song.wav").write_bytes(wav(0.2))
    (tmp_path / "readme.txt").write_text("nothing to hear")
    found = [file for path in sorted(tmp_path.iterdir()) for file in recordings_in(path)]
    assert found == [wav(0.1), tmp_path / "song.wav"]


def test_an_excerpt_is_as_long_as_asked_and_as_loud_as_speech_is_here():
    samples = excerpt(io.BytesIO(wav(3)), 1.5, np.random.default_rng(1))
    assert len(samples) == pytest.approx(1.5 * SAMPLE_RATE, abs=2)
    assert np.abs(samples).max() == pytest.approx(LOUDEST, rel=0.01)
    assert len(excerpt(io.BytesIO(wav(0.5)), 9, np.random.default_rng(1))) == pytest.approx(12_000, abs=2)


def test_pieces_follow_each_other_and_know_no_words(tmp_path):
    sounds = [np.full(30 * SAMPLE_RATE, level, np.float32) for level in (0.1, 0.2)]
    assert write_pieces(sounds, tmp_path, 7) == 8
    pieces = list(load_shard(tmp_path / "0007.npz"))
    assert [len(samples) for samples, _, _ in pieces] == [PIECE_SECONDS * SAMPLE_RATE] * 2
    assert all(len(phones) == 0 and mark == -1 for _, phones, mark in pieces)
    assert pieces[1][0][0] < pieces[1][0][-1]


def test_music_is_heard_as_it_is_and_in_rooms_at_all_levels():
    around = Surroundings(rooms(2, 1), noise_pool(1.4, [np.zeros(16_000, np.float32)], 1))
    tone = (10_000 * np.sin(np.arange(PIECE_SECONDS * SAMPLE_RATE) * 0.05)).astype(np.int16)
    heard = [without_talk(tone, around, np.random.default_rng(seed)) for seed in range(12)]
    assert all(features(sound).shape[0] >= STREAM for sound in heard)
    loudness = [float(np.abs(sound[16_000:]).max()) for sound in heard]
    assert max(loudness) > 8 * min(loudness)
