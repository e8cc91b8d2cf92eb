"""The native builds that Earshot is timed against, one measurement a request.

Reads lines `NAME` on stdin, runs that once over the audio (16 kHz mono int16 file in argv[1]) and answers
with the seconds it took. argv[2] is a wake model, argv[3] a phone model (both .tflite)."""

import sys
import time
from pathlib import Path

import numpy as np
from pymicro_features import MicroFrontend
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures
from tflite_micro import runtime

AUDIO = Path(sys.argv[1]).read_bytes()
WAKE_MODEL, PHONE_MODEL = Path(sys.argv[2]), Path(sys.argv[3])
HOP_BYTES = 320


def features():
    frontend = MicroFrontend()
    for start in range(0, len(AUDIO) - HOP_BYTES + 1, HOP_BYTES):
        frontend.process_samples(AUDIO[start : start + HOP_BYTES])


def run_model(path):
    interpreter = runtime.Interpreter.from_file(str(path))
    shape = interpreter.get_input_details(0)["shape"]
    chunk = np.zeros(shape, np.int8)
    for _ in range(len(AUDIO) // HOP_BYTES // int(shape[1])):
        interpreter.set_input(chunk, 0)
        interpreter.invoke()
        interpreter.get_output(0)


def wake_word():
    detector = MicroWakeWord.from_config(WAKE_MODEL.with_suffix(".json"))
    front_end = MicroWakeWordFeatures()
    for start in range(0, len(AUDIO) - HOP_BYTES + 1, HOP_BYTES):
        for frame in front_end.process_streaming(AUDIO[start : start + HOP_BYTES]):
            detector.process_streaming(frame)


REQUESTS = {
    "features": features,
    "wake": lambda: run_model(WAKE_MODEL),
    "phones": lambda: run_model(PHONE_MODEL),
    "replay": wake_word,
}

for line in sys.stdin:
    start = time.perf_counter()
    REQUESTS[line.strip()]()
    print(time.perf_counter() - start, flush=True)
