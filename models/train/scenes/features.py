"""Sound to the networks' input: the microWakeWord front end, quantised as the ear quantises it."""

import numpy as np
from pymicro_features import MicroFrontend

SAMPLE_RATE = 16_000
HOP_SAMPLES = 160
CHANNELS = 40
INPUT_SCALE = np.float32(26 / 255)
INPUT_ZERO_POINT = -128


def features(samples: np.ndarray) -> np.ndarray:
    """16-bit samples at 16 kHz to int8 [frames, 40], through a front end that has just been started."""
    front_end, data, frames = MicroFrontend(), samples.astype("<i2").tobytes(), []
    position = 0
    while position + 2 * HOP_SAMPLES <= len(data):
        step = front_end.process_samples(data[position : position + 2 * HOP_SAMPLES])
        position += step.samples_read * 2
        if step.features:
            frames.append(step.features)
    return quantised(np.array(frames, np.float32).reshape(-1, CHANNELS))


def quantised(values: np.ndarray) -> np.ndarray:
    steps = np.floor(values / INPUT_SCALE + np.float32(0.5))
    return (np.minimum(steps, 255) + INPUT_ZERO_POINT).astype(np.int8)
