"""Lets an ear hear with something: writes the structs of ear.h into a machine's memory."""

import struct
from dataclasses import dataclass, field

(
    OK,
    TOO_MANY_WAKE_WORDS,
    BAD_NAME,
    BAD_POINT,
    BAD_MODEL,
    BAD_PRONUNCIATIONS,
    BAD_EMBEDDING,
    NO_EMBEDDING,
    BAD_WORD_VERIFIER,
    BAD_LOGITS,
    BAD_PHONE_FEATURES,
) = range(11)
NOISE_REDUCED, PLAIN = range(2)
ONE = 65536  # a cutoff of 1
NAT = 256
MOST_LOSS = NAT * 9 // 2  # WAKE_WORD_MOST_LOSS
ERROR_BYTES = 260


def point(cutoff, window, look_cutoff=None, look_loss=0, unsure_loss=MOST_LOSS):
    return (cutoff, window, cutoff if look_cutoff is None else look_cutoff, look_loss, unsure_loss)


@dataclass
class WakeWord:
    """Models are addresses, 0 where there is none."""

    name: str
    model: int
    points: list = field(default_factory=lambda: [point(ONE // 2, 1)] * 3)  # low, normal, high
    pronunciations: bytes = b""
    word_verifier: int = 0


class Hearing:
    """What one ear hears with."""

    def __init__(self, machine, ear):
        self.machine, self.ear = machine, ear
        self.pointer = machine.pointer_format
        self.gap = "" if self.pointer == "I" else "4x"  # before a pointer that follows 32 bits
        self.detail = ""

    def place(self, data):
        address = self.machine.alloc(max(len(data), 1))
        self.machine.write(address, data)
        return address

    def wake_words(self, words, embedding=0):
        """The status; what is wrong is in `detail` then."""
        array = self.place(b"".join(map(self._wake_word, words)))
        part = struct.pack(f"<{self.pointer}i{self.gap}{self.pointer}", array, len(words), embedding)
        return self._configure(self.place(part), 0)

    def _wake_word(self, word):
        head = (self.place(word.name.encode() + b"\0"), word.model)
        numbers = [number for each in word.points for number in each]
        said = word.pronunciations
        tail = (self.place(said) if said else 0, len(said), word.word_verifier)
        return struct.pack(f"<2{self.pointer}15i{self.gap}3{self.pointer}", *head, *numbers, *tail)

    def commands(self, phones, decoder, blank_penalty_nats=0.0, look_ahead_ms=0, features=0):
        numbers = (phones, decoder, blank_penalty_nats, look_ahead_ms, features)
        return self._configure(0, self.place(struct.pack(f"<2{self.pointer}f2i{self.gap}", *numbers)))

    def _configure(self, *parts):
        hearing, error = self.place(struct.pack(f"<2{self.pointer}", *parts)), self.machine.alloc(ERROR_BYTES)
        status = self.machine.call("ear_configure", self.ear, hearing, error)
        told, detail = struct.unpack("<i256s", self.machine.read(error, ERROR_BYTES))
        assert told == status
        self.detail = detail.split(b"\0")[0].decode()
        assert bool(self.detail) == (status != OK)
        return status
