import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "models"))


@pytest.fixture(scope="session")
def made_up_embedding():
    """A speech embedding that has learnt nothing."""
    from train.embedding.network import LAYERS, Embedding

    rng, inputs, weights = np.random.default_rng(4), 1, []
    for layer in LAYERS:
        shape = (layer.outputs, inputs, *layer.kernel)
        deviation = (2 / np.prod(shape[1:])) ** 0.5
        weights.append((rng.normal(0, deviation, shape), rng.normal(0, 0.1, layer.outputs)))
        inputs = layer.outputs
    return Embedding(weights)
