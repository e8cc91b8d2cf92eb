"""Sound to the speech embedding's input: mel spectra as `natives/features/mel.c` takes them, in floats."""

import numpy as np

from .features import HOP_SAMPLES, SAMPLE_RATE

BANDS = 32
LOWEST_HZ, HIGHEST_HZ = 60.0, 3800.0
WINDOW_SAMPLES, TRANSFORM = 480, 512
STEPS_A_BEL = 16
ZERO_POINT = -128  # of the quantised input; its scale is 1 / STEPS_A_BEL
OFFSET_BELS = 2.0  # the embedding was taught on these: decimal logarithm of power, plus two
THEIR_WINDOW = 150 / 180  # power of a Hann window of 400 samples, in which it was taught, to one of 480
SILENCE = -64  # no band is lower: about where its teachers cut, 80 dB below a recording's loudest


def hertz_of(mels: np.ndarray) -> np.ndarray:
    """Slaney's scale: linear to 1 kHz, then 27 steps to a factor of 6.4."""
    return np.where(mels < 15, mels * 200 / 3, 1000 * 6.4 ** ((mels - 15) / 27))


def mels_of(hertz: float) -> float:
    return hertz * 3 / 200 if hertz < 1000 else 15 + 27 * np.log(hertz / 1000) / np.log(6.4)


def bands() -> np.ndarray:
    """Weights of each bin's power in each band, [257, BANDS]: triangles of equal area."""
    edges = hertz_of(np.linspace(mels_of(LOWEST_HZ), mels_of(HIGHEST_HZ), BANDS + 2))
    hertz = np.arange(TRANSFORM // 2 + 1)[:, None] * SAMPLE_RATE / TRANSFORM
    rise = (hertz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - hertz) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rise, fall)) * 2 / (edges[2:] - edges[:-2])


WEIGHTS = (bands() * THEIR_WINDOW).astype(np.float32)
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(WINDOW_SAMPLES) + 0.5) / WINDOW_SAMPLES)).astype(np.float32)


def mel(samples: np.ndarray) -> np.ndarray:
    """16-bit samples at 16 kHz to int8 [frames, BANDS], frame by frame beside `features`."""
    if len(samples) < WINDOW_SAMPLES:
        return np.zeros((0, BANDS), np.int8)
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_SAMPLES)[::HOP_SAMPLES] * HANN
    power = np.square(np.abs(np.fft.rfft(windows, TRANSFORM))).astype(np.float32)
    bels = np.log10(np.maximum(power @ WEIGHTS, 1)) + OFFSET_BELS
    return np.clip(np.round(bels * STEPS_A_BEL) + ZERO_POINT, SILENCE, 127).astype(np.int8)
