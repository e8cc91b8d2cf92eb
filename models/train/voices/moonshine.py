"""Moonshine base (MIT), a speech recogniser: what people say in recordings without transcripts.

Weights from npm's `@usefulsensors/moonshine-js`, the table of its tokens from PyPI's `useful-moonshine-onnx`.
"""

import re
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

import numpy as np

LAYERS, HEADS, HEAD_WIDTH = 8, 8, 52
START, END = 1, 2
SHORTEST = 1_600  # samples; the encoder cannot take less than 900
TOKENS_A_SECOND = 6.5  # more is a recogniser that repeats itself
TOGETHER = 8  # lines heard at a time: a fifth of the time that the decoder takes for each by itself
MODELS = "package/dist/model/base/quantized"
FILES = ("encoder_model.onnx", "decoder_model_merged.onnx")


class Moonshine:
    def __init__(self, folder: Path):
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        # or the table of all tokens would be brought into real numbers anew for every token
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self.encoder, self.decoder = (
            onnxruntime.InferenceSession(str(folder / name), options) for name in FILES
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def words(self, lines: list[np.ndarray]) -> list[list[str]]:
        """float32 samples at 16 kHz, line by line, to lower-case words; none in less than 0.1 s. Digits stay
        digits. Lines of about the same length are heard together, silence after the shorter ones."""
        heard: list[list[str]] = [[] for _ in lines]
        long = [at for at in range(len(lines)) if len(lines[at]) >= SHORTEST]
        long.sort(key=lambda at: len(lines[at]))
        for first in range(0, len(long), TOGETHER):
            batch = long[first : first + TOGETHER]
            for at, tokens in zip(batch, self.tokens([lines[at] for at in batch]), strict=True):
                heard[at] = words_in(self.tokenizer.decode(tokens))
        return heard

    def tokens(self, lines: list[np.ndarray]) -> list[list[int]]:
        sound = np.zeros((len(lines), max(map(len, lines))), np.float32)
        for row, line in zip(sound, lines, strict=True):
            row[: len(line)] = line
        heard = self.encoder.run(None, {"input_values": sound})[0]
        empty = np.zeros((0, HEADS, 1, HEAD_WIDTH), np.float32)
        past = {
            f"past_key_values.{layer}.{side}.{kind}": empty
            for layer in range(LAYERS)
            for side in ("decoder", "encoder")
            for kind in ("key", "value")
        }
        limits = [int(len(line) / 16_000 * TOKENS_A_SECOND) + 5 for line in lines]
        found: list[list[int]] = [[] for _ in lines]
        latest, is_open = np.full((len(lines), 1), START, np.int64), np.ones(len(lines), bool)
        for count in range(max(limits)):
            feed = {
                "input_ids": latest,
                "encoder_hidden_states": heard,
                "use_cache_branch": np.array([count > 0]),
            }
            logits, *present = self.decoder.run(None, feed | past)
            latest = logits[:, -1:].argmax(-1)
            is_open &= (latest[:, 0] != END) & (count < np.array(limits))
            if not is_open.any():
                break
            for row in np.flatnonzero(is_open):
                found[row].append(int(latest[row, 0]))
            for name, value in zip(past, present, strict=True):
                if count == 0 or ".decoder." in name:
                    past[name] = value
        return found


def words_in(text: str) -> list[str]:
    text = text.lower().replace("\u2019", "'")
    return [word.strip("'") for word in re.findall(r"[a-z0-9']+", text) if word.strip("'")]


def fetch_moonshine(out: Path) -> None:
    if (out / "tokenizer.json").exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch_name:
        from ..sources import wheels

        scratch = Path(scratch_name)
        package = "@usefulsensors/moonshine-js@0.1.6"
        subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True)
        with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
            for name in FILES:
                (out / name).write_bytes(archive.extractfile(f"{MODELS}/{name}").read())
        with zipfile.ZipFile(wheels(["useful-moonshine-onnx==20251121"], scratch)[0]) as archive:
            (out / "tokenizer.json").write_bytes(archive.read("moonshine_onnx/assets/tokenizer.json"))
