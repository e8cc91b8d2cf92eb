"""A decoder in a machine, compiled grammars, and rows of logits as a phone model would give them."""

import json
import struct
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from machines import ROOT, machine

FOLDERS = ["firmware/natives/decoder", "firmware/natives/checksum"]
PHONES = json.loads((ROOT / "models" / "phones" / "model.json").read_text())["phones"]
CLASSES = 40
STATES = ["searching", "found", "silence", "notUnderstood", "doubted"]
ERROR_BYTES = 84  # of a decoder_error: an enum, then its text


@cache
def compiled(text):
    """The graph of a grammar text, by the project's own compiler."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "test.grammar"
        source.write_text(text)
        return compiled_file(source)


@cache
def compiled_file(path):
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "graph"
        compiler = ["host-sim/cli/main.ts", "grammar", "compile"]
        command = ["node", "--import", "tsx", *compiler, str(path), "-o", str(output)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return output.read_bytes()


class Decoder:
    """Loads a graph; `error` is empty when that went well."""

    def __init__(self, kind, graph, scale=0.1, blank_penalty=0.0):
        self.machine = machine(kind, FOLDERS)
        self.object = self.machine.alloc(self.machine.call("decoder_bytes", returns="size"))
        self.graph = self.machine.alloc(max(1, len(graph)))
        self.row = self.machine.alloc(CLASSES)
        error = self.machine.alloc(ERROR_BYTES)
        self.machine.write(self.graph, graph)
        self.status = self.machine.call("decoder_load", self.object, self.graph, len(graph), error)
        status, text = struct.unpack("<I80s", self.machine.read(error, ERROR_BYTES))
        assert status == self.status
        self.error = text.split(b"\0")[0].decode()
        assert (
            self.machine.call("decoder_set_logit_scale", self.object, float(scale), float(blank_penalty)) == 1
        )

    def call(self, name, *arguments):
        return self.machine.call(f"decoder_{name}", self.object, *arguments)

    def start(self):
        self.machine.call("decoder_start", self.object, returns="none")

    def step(self, row):
        self.machine.write(self.row, np.asarray(row, dtype=np.int8).tobytes())
        return STATES[self.call("step", self.row)]

    def decode(self, rows):
        """Steps until the decoder has decided; the state, and the number of rows that took."""
        self.start()
        for count, row in enumerate(rows, 1):
            state = self.step(row)
            if state != "searching":
                return state, count
        return "searching", len(rows)

    @property
    def tokens(self):
        return [self._string(index) for index in range(self.call("token_count"))]

    @property
    def words(self):
        return " ".join(token for token in self.tokens if token[0].isalpha())

    def _string(self, index):
        address = self.machine.call("decoder_token", self.object, index, returns="size")
        text = b""
        while not text.endswith(b"\0"):
            text += self.machine.read(address + len(text), 1)
        return text[:-1].decode()


def rows_of(phones, random, noise=8.0, before=5, after=40):
    """Peaky rows, as CTC gives them: one to three a phone, blanks in between, all other classes far below."""
    classes = [0] * before
    last = 0
    for phone in phones.split():
        index = PHONES.index(phone) + 1
        if index == last or random.random() < 0.5:
            classes += [0] * int(random.integers(1, 4))
        classes += [index] * int(random.integers(1, 4))
        last = index
    classes += [0] * after
    rows = random.normal(-30, noise, (len(classes), CLASSES))
    rows[np.arange(len(classes)), classes] = random.normal(40, noise, len(classes))
    return np.clip(np.rint(rows), -128, 127).astype(np.int8)
