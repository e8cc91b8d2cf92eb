"""One talker of Kokoro's saying clips, to be joined without gaps: trimmed, evenly loud, with soft edges."""

import re
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.signal import resample_poly

from ..voices.spoken import SAMPLE_RATE, load_vocabulary
from ..voices.voices import ROW_LENGTHS
from ..words.alphabet import VOWELS, bare, spoken
from ..words.lexicon import pronunciations, stressed

RATE = 16_000
FRAME = RATE // 100
SILENCE_DB = -38.0  # under the loudest frame of a clip
LEAD_MS, TAIL_MS, LAST_TAIL_MS = 8, 20, 40  # kept around what is louder
FADE_IN_MS, FADE_OUT_MS = 4, 16
LOUDNESS = 10 ** (-20 / 20)  # of the frames that are no pause, of full scale
PEAK = 0.85

# Where the dictionary has another word, or a form that nobody says in such a sentence.
SAID = {
    "am": "EY2 EH1 M",
    "pm": "P IY2 EH1 M",
    "tv": "T IY2 V IY1",
    "or": "AO1 R",
    "a": "AH0",
    "read": "R IY1 D",
    "close": "K L OW1 Z",
    "oh": "OW1",
    "and": "AE1 N D",
    "for": "F AO1 R",
    "may": "M EY1",
    "it": "IH1 T",
    "snoozed": "S N UW1 Z D",
}


class Talker:
    def __init__(self, sources: Path, name: str, speed: float):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(sources / "kokoro.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.symbols = load_vocabulary(sources / "config.json")
        voices = np.load(sources / "voices.npz")
        names = list(voices["names"])
        if name not in names:
            raise SystemExit(f"no talker '{name}': there is {', '.join(names)}")
        self.styles = voices["styles"][names.index(name)].astype(np.float32)
        self.speed = speed

    def say(self, clip: str) -> np.ndarray:
        """float32 at RATE, silence around it."""
        symbols = symbols_of(clip)
        row = min(int(np.searchsorted(ROW_LENGTHS, len(symbols))), len(ROW_LENGTHS) - 1)
        feed = {
            "tokens": np.array([[0, *(self.symbols[symbol] for symbol in symbols), 0]], np.int64),
            "style": self.styles[row][None],
            "speed": np.array([self.speed], np.float32),
        }
        samples = self.session.run(None, feed)[0].reshape(-1)
        return resample_poly(samples, RATE, SAMPLE_RATE).astype(np.float32)


def is_last(clip: str) -> bool:
    """Whether a clip ends a sentence."""
    return clip.endswith((".", "?"))


def symbols_of(clip: str) -> str:
    """What Kokoro reads. A clip after which the sentence goes on ends as before a comma."""
    parts = re.findall(r"[a-z']+|[.,?]", clip.lower())
    said, after = "", [*parts[1:], ""]
    for part, following in zip(parts, after, strict=True):
        if part in ".,?":
            said += part
        else:
            said += (" " if said else "") + spoken(phones_of(part, following), False, stressed(part))
    return said if is_last(clip) else said + ","


def phones_of(word: str, following: str) -> list[str]:
    if word in SAID:
        return SAID[word].split()
    known = pronunciations()
    if word not in known:
        raise SystemExit(f"'{word}' is in no dictionary: tell in {Path(__file__).name} how it is said")
    if word == "the" and following in known and bare(known[following][0][0]) in VOWELS:
        return known[word][1]
    return known[word][0]


def tidied(samples: np.ndarray, is_last: bool) -> np.ndarray:
    """Without the silence around it, as loud as the others, with edges that do not click."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    levels = 10 * np.log10((frames**2).mean(1) + 1e-12)
    loud = np.flatnonzero(levels > levels.max() + SILENCE_DB)
    tail = LAST_TAIL_MS if is_last else TAIL_MS
    begin = max(0, loud[0] * FRAME - ms(LEAD_MS))
    end = min(len(samples), (loud[-1] + 1) * FRAME + ms(tail))
    power = (frames[loud] ** 2).mean()
    kept = samples[begin:end] * (LOUDNESS / np.sqrt(power))
    kept *= min(1.0, PEAK / np.abs(kept).max())
    kept[: ms(FADE_IN_MS)] *= np.linspace(0, 1, ms(FADE_IN_MS))
    kept[-ms(FADE_OUT_MS) :] *= np.linspace(1, 0, ms(FADE_OUT_MS))
    return kept.astype(np.float32)


def ms(milliseconds: int) -> int:
    return milliseconds * RATE // 1000
