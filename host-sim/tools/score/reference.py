"""Wake models of other projects, run by their own packages so that they can be judged beside Earshot's.

    reference.py describe MODEL…    prints a JSON list: word, cutoff and window as their makers publish them
    reference.py hear MODEL…        for each recording on stdin (uint32 count, then 16 kHz mono int16 samples,
                                    little-endian) prints a JSON list, one track a model

MODEL is `pymicro:NAME` (package pymicro-wakeword) or `openwakeword:NAME` (package pyopen-wakeword)."""

import copy
import json
import struct
import sys
import tempfile
from pathlib import Path

HOP_SAMPLES = 160
FIRST_FRAME_SAMPLES = 480
CHUNK_SAMPLES = 1280
# openWakeWord publishes one threshold for all its models
OPEN_CUTOFF = 0.5
MEMORY = {"new_embeddings", "embeddings", "new_audio_samples", "audio", "new_mels", "mels"}


class Micro:
    """microWakeWord: chances as the network gives them, without the mean over its window."""

    def __init__(self, name):
        import pymicro_wakeword

        models = Path(pymicro_wakeword.__file__).parent / "models"
        self.manifest = json.loads(known(models, name, ".json").read_text())
        micro = self.manifest["micro"]
        self.description = {
            "word": self.manifest["wake_word"],
            "cutoff": micro["probability_cutoff"],
            "window": micro["sliding_window_size"],
        }
        alone = {
            **self.manifest,
            "model": str(models / self.manifest["model"]),
            "micro": {**micro, "sliding_window_size": 1},
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            path.write_text(json.dumps(alone))
            self.detector = pymicro_wakeword.MicroWakeWord.from_config(path)
        self.features = pymicro_wakeword.MicroWakeWordFeatures()

    def hear(self, pcm):
        self.detector.reset()
        self.features.reset()
        stride = self.detector.stride
        frames = list(self.features.process_streaming(pcm))
        every = [self.detector.process_streaming_prob(frame) for frame in frames]
        return {
            "firstSample": FIRST_FRAME_SAMPLES + (stride - 1) * HOP_SAMPLES,
            "stepSamples": stride * HOP_SAMPLES,
            "chances": every[stride - 1 :: stride],
        }


class Open:
    """openWakeWord: one chance every 80 ms."""

    def __init__(self, name):
        import pyopen_wakeword

        models = Path(pyopen_wakeword.__file__).parent / "models"
        self.model = pyopen_wakeword.OpenWakeWord.from_model(known(models, name, ".tflite"))
        self.features = pyopen_wakeword.OpenWakeWordFeatures.from_builtin()
        self.description = {"word": name.replace("_", " "), "cutoff": OPEN_CUTOFF, "window": 1}
        # it takes eight seconds of silence for granted, which cost more than most recordings: heard once
        self.chance(bytes(2 * CHUNK_SAMPLES))
        self.at_rest = [(part, copy.deepcopy(state(part))) for part in (self.model, self.features)]

    def chance(self, chunk):
        embeddings = self.features.process_streaming(chunk)
        return [chance for each in embeddings for chance in self.model.process_streaming(each)][-1]

    def hear(self, pcm):
        for part, rest in self.at_rest:
            vars(part).update(copy.deepcopy(rest))
        starts = range(0, len(pcm) - 2 * CHUNK_SAMPLES + 1, 2 * CHUNK_SAMPLES)
        chances = [self.chance(pcm[at : at + 2 * CHUNK_SAMPLES]) for at in starts]
        return {"firstSample": CHUNK_SAMPLES, "stepSamples": CHUNK_SAMPLES, "chances": chances}


def state(part):
    """What a part of openWakeWord remembers of the sound: its counts and arrays."""
    return {name: value for name, value in vars(part).items() if name in MEMORY}


def known(models, name, ending):
    path = models / f"{name}{ending}"
    if path.parent != models or not path.exists():
        helpers = {"embedding_model", "melspectrogram"}
        names = sorted({file.stem for file in models.glob(f"*{ending}")} - helpers)
        sys.exit(f"there is no model '{name}': there is {', '.join(names)}")
    return path


def open_model(text):
    family, name = text.split(":", 1)
    return {"pymicro": Micro, "openwakeword": Open}[family](name)


def main(verb, *names):
    models = [open_model(name) for name in names]
    if verb == "describe":
        print(json.dumps([model.description for model in models]))
        return
    while head := sys.stdin.buffer.read(4):
        pcm = sys.stdin.buffer.read(2 * struct.unpack("<I", head)[0])
        print(json.dumps([model.hear(pcm) for model in models]), flush=True)


main(*sys.argv[1:])
