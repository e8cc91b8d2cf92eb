"""Where training keeps its files, and the models of ours that it listens with."""

from pathlib import Path

TRAIN = Path(__file__).parent
MODELS = TRAIN.parent
CACHE = TRAIN / "cache"
PHONE_MODEL = MODELS / "phones" / "phones.tflite"  # its manifest beside it
EMBEDDING = MODELS / "embedding" / "embedding.tflite"
