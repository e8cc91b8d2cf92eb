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
MODELS = "package/dist/model/base/quantized"
FILES = ("encoder_model.onnx", "decoder_model_merged.onnx")


class Moonshine:
    def __init__(self, folder: Path):
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder, self.decoder = (
            onnxruntime.InferenceSession(str(folder / name), options) for name in FILES
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def words(self, samples: np.ndarray) -> list[str]:
        """float32 samples at 16 kHz to lower-case words, none in less than 0.1 s. Digits stay digits."""
        if len(samples) < SHORTEST:
            return []
        heard = self.encoder.run(None, {"input_values": samples[None]})[0]
        empty = np.zeros((0, HEADS, 1, HEAD_WIDTH), np.float32)
        past = {
            f"past_key_values.{layer}.{side}.{kind}": empty
            for layer in range(LAYERS)
            for side in ("decoder", "encoder")
            for kind in ("key", "value")
        }
        tokens, limit = [START], int(len(samples) / 16_000 * TOKENS_A_SECOND) + 6
        while len(tokens) < limit:
            is_first = len(tokens) == 1
            feed = {
                "input_ids": np.array([tokens[-1:]], np.int64),
                "encoder_hidden_states": heard,
                "use_cache_branch": np.array([not is_first]),
            }
            logits, *present = self.decoder.run(None, feed | past)
            token = int(logits[0, -1].argmax())
            if token == END:
                break
            tokens.append(token)
            for name, value in zip(past, present, strict=True):
                if is_first or ".decoder." in name:
                    past[name] = value
        text = self.tokenizer.decode(tokens).lower().replace("\u2019", "'")
        return [word.strip("'") for word in re.findall(r"[a-z0-9']+", text) if word.strip("'")]


def fetch_moonshine(out: Path) -> None:
    if (out / "tokenizer.json").exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch_name:
        from .sources import wheels

        scratch = Path(scratch_name)
        package = "@usefulsensors/moonshine-js@0.1.6"
        subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True)
        with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
            for name in FILES:
                (out / name).write_bytes(archive.extractfile(f"{MODELS}/{name}").read())
        with zipfile.ZipFile(wheels(["useful-moonshine-onnx==20251121"], scratch)[0]) as archive:
            (out / "tokenizer.json").write_bytes(archive.read("moonshine_onnx/assets/tokenizer.json"))
