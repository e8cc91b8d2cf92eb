"""Mel spectra of training beside the speaker's own."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from train.scenes.mel import SILENCE, mel

RECORDING = Path(__file__).parents[3] / "host-sim/tools/replay/recordings/kitchen.wav"


def test_training_hears_what_the_speaker_hears():
    from test_features import Ears

    samples, theirs = soundfile.read(RECORDING, dtype="int16")[0], []
    Ears("native").push(samples, mels=theirs)
    ours = mel(samples)
    assert ours.shape == np.shape(theirs)
    apart = np.abs(ours.astype(int) - np.array(theirs))
    assert apart.mean() < 0.1 and apart.max() <= 3


def test_bands_are_as_loud_as_their_tone():
    """A sine of full scale has a power of (amplitude · window / 2)² in its bin, and a little beside it."""
    time = np.arange(16_000) / 16_000
    loud = mel(np.round(20_000 * np.sin(2 * np.pi * 1_000 * time)).astype(np.int16))
    bels = (int(loud[50].max()) + 128) / 16 - 2
    assert bels == pytest.approx(np.log10((20_000 * 240 / 2) ** 2 * 150 / 180 * 0.0142), abs=0.15)
    assert (mel(np.zeros(16_000, np.int16)) == SILENCE).all()
