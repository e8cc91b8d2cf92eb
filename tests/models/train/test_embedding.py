"""The speech embedding and a verifier over it: conversion beside floats, with made-up weights and sounds."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed (it comes with .venv-train)")

import torch
from tflite_micro import runtime
from train.embedding.convert import OUTPUT, EmbeddingConverter, after_silence, correlation, streamed
from train.embedding.network import NUMBERS, STRIDE_FRAMES, StoredEmbedding
from train.scenes.mel import mel
from train.verifier.convert import LOGIT, convert_verifier, verifier_as_it_is
from train.verifier.embeddings import FRAMES, WINDOW, around_word, throughout
from train.verifier.fit import Examples, Windows, fit
from train.wake.scenes import BEFORE

STEPS = 40


@pytest.fixture(scope="module")
def mels():
    """Three notes that come and go in noise."""
    rng, time = np.random.default_rng(1), np.arange(16_000 * 4) / 16_000
    notes = [
        np.sin(2 * np.pi * f * time) * (np.sin(2 * np.pi * r * time) > 0) for f, r in ((200, 2), (900, 3))
    ]
    return mel(np.round(sum(notes) * 4_000 + rng.normal(0, 30, len(time))).astype(np.int16))


@pytest.fixture(scope="module")
def model(made_up_embedding, mels, tmp_path_factory):
    path = tmp_path_factory.mktemp("embedding") / "embedding.tflite"
    path.write_bytes(EmbeddingConverter(made_up_embedding, torch.from_numpy(mels)[None]).convert())
    return path


def test_the_stream_gives_what_the_whole_gives(made_up_embedding, mels, model):
    heard = mels[: STEPS * STRIDE_FRAMES]
    ours, whole = streamed(model, heard), made_up_embedding.listen(after_silence(heard))[0].numpy()
    assert ours.shape == whole.shape == (STEPS, NUMBERS)
    alike = np.corrcoef(ours.ravel(), whole.ravel())[0, 1]
    assert alike > 0.99
    assert correlation(made_up_embedding, model, heard) == pytest.approx(alike)


def test_what_is_read_back_is_what_was_converted(made_up_embedding, mels, model):
    heard = torch.from_numpy(mels[:200])[None]
    again, stored = made_up_embedding.listen(heard) / OUTPUT.scale[0], StoredEmbedding(model)(heard)
    assert (again - stored).abs().mean() < 2


def test_a_scene_is_heard_around_the_end_of_its_word():
    index = around_word(200)
    assert index.shape == (200, FRAMES)
    assert (index[:, -1] > BEFORE).all() and (index[:, 0] < BEFORE - 60).all()
    assert (throughout(3, 2_000)[:, 0] == 0).all()


@pytest.fixture(scope="module")
def verifier():
    """Learnt from a word that is four embeddings of a kind, and other sound that has them one by one."""
    torch.manual_seed(2)
    word = torch.randint(-30, 30, (60, WINDOW + 4, NUMBERS), dtype=torch.int8)
    other = torch.randint(-30, 30, (40, 60, NUMBERS), dtype=torch.int8)
    word[:, 8:12, :20] += 60
    other[:, ::9, :20] += 60
    examples = Examples({"made up": word}, {"made up": 1.0}, {"other": Windows(other, torch.ones(40, 60))})
    return fit(examples, 160, note=lambda text: None), examples


def test_a_verifier_tells_the_word_from_the_rest(verifier):
    trained, examples = verifier
    word = torch.sigmoid(trained(examples.positives[:, 2 : 2 + WINDOW].float()))
    other = torch.sigmoid(examples.others["other"].logits(trained))
    assert (word > 0.5).float().mean() > 0.9 > 0.1 > (other > 0.5).float().mean()


def test_a_converted_verifier_says_the_same(verifier, tmp_path):
    trained, examples = verifier
    heard = examples.batch()[0]
    convert_verifier(trained, heard, tmp_path / "verifier.tflite")
    interpreter = runtime.Interpreter.from_file(str(tmp_path / "verifier.tflite"), arena_size=20_000)
    for row in heard[:40]:
        interpreter.set_input(row[None].numpy().astype(np.int8), 0)
        interpreter.invoke()
        logit = float(interpreter.get_output(0)[0, 0]) * LOGIT.scale[0]
        expected = float(trained(row[None]).clamp(-16, 15.875))
        assert logit == pytest.approx(expected, abs=0.5)


def test_a_converted_verifier_read_back_says_the_same(verifier, tmp_path):
    trained, examples = verifier
    heard = examples.batch()[0]
    convert_verifier(trained, heard, tmp_path / "verifier.tflite")
    with torch.no_grad():
        logits = verifier_as_it_is(tmp_path / "verifier.tflite")(heard)
        assert logits.numpy() == pytest.approx(trained(heard).numpy(), abs=0.25)
