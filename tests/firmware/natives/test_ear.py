"""The ear as a whole: it wakes when pymicro-wakeword does with the same models; its events are never torn."""

import json
from pathlib import Path

import numpy as np
import pymicro_wakeword
import pytest
import soundfile
from hearing import (
    BAD_MODEL,
    BAD_NAME,
    BAD_POINT,
    OK,
    ONE,
    TOO_MANY_WAKE_WORDS,
    Hearing,
    WakeWord,
    point,
)
from interpreter import Model
from machines import EAR_FOLDERS, SHARED_DATA, machine
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures

MODELS = Path(pymicro_wakeword.__file__).parent / "models"
KINDS = ["wasm", "native"]
HOP = 160
EVENT_BYTES = 1536
REFRACTORY_SAMPLES = 32000


class Ear:
    def __init__(self, kind):
        self.machine = machine(kind, EAR_FOLDERS)
        front_end = self.machine.alloc(self.machine.call("features_bytes", returns="size"))
        self.self = self.machine.alloc(self.machine.call("ear_bytes", returns="size"))
        self.machine.call("ear_init", self.self, front_end, returns="none")
        self.hearing, self.words = Hearing(self.machine, self.self), []
        self.samples = self.machine.alloc(2 * HOP)
        self.text = self.machine.alloc(EVENT_BYTES)

    def add(self, name, model, cutoff, window):
        """One more wake word, unless it is refused."""
        word = WakeWord(name, Model(self.machine, model).handle, [point(cutoff, window)] * 3)
        status = self.hearing.wake_words([*self.words, word])
        if status == OK:
            self.words.append(word)
        return status

    def hear(self, samples):
        self.machine.write(self.samples, np.ascontiguousarray(samples, "<i2").tobytes())
        self.machine.call("ear_hear", self.self, self.samples, len(samples), returns="none")

    def mute_and_open(self):
        for muted in (1, 0):
            self.machine.call("ear_set_muted", self.self, muted, returns="none")

    def events(self):
        while length := self.machine.call("ear_take_event", self.self, self.text, returns="size"):
            yield json.loads(self.machine.read(self.text, length))


def sound():
    """Recordings of people where they are there, and noise that excites the models always."""
    rng = np.random.default_rng(7)
    parts = [(rng.normal(0, 3000, 48000) * (np.arange(48000) % 9000 < 5000)).astype(np.int16)]
    for word in ("jarvis", "computer", "snowboy"):
        files = sorted((SHARED_DATA / "wake-words" / word).glob("*.flac"))[:60]
        parts += [soundfile.read(file, dtype="int16")[0] for file in files]
    samples = np.concatenate(parts)
    return samples[: len(samples) // HOP * HOP]


def wakes(ear):
    return [(e["sample"], e["confidence"]) for e in ear.events() if e["type"] == "wakeWordHeard"]


def wakes_of_pymicro_wakeword(detector, samples):
    """Samples at which it wakes, with this ear's rule that one saying of the word wakes once."""
    front_end, wakes, last, seen = MicroWakeWordFeatures(), [], -REFRACTORY_SAMPLES, 0
    for start in range(0, len(samples), HOP):
        for frame in front_end.process_streaming(samples[start : start + HOP].tobytes()):
            seen += 1
            woke = detector.process_streaming(frame)
            now = start + HOP
            if woke and seen % detector.stride == 0 and now - last >= REFRACTORY_SAMPLES:
                wakes.append(now)
                last = now
    return wakes


@pytest.mark.parametrize("name", ["alexa", "hey_jarvis", "hey_mycroft", "okay_nabu"])
def test_wakes_when_pymicro_wakeword_does(name):
    samples = sound()
    manifest = json.loads((MODELS / f"{name}.json").read_text())["micro"]
    cutoff, window = 0.12, manifest["sliding_window_size"]  # low, so that there is much to agree about
    detector = MicroWakeWord.from_config(MODELS / f"{name}.json")
    detector.probability_cutoff = cutoff
    expected = wakes_of_pymicro_wakeword(detector, samples)
    heard = {}
    for kind in KINDS:
        ear = Ear(kind)
        assert ear.add(name, (MODELS / f"{name}.tflite").read_bytes(), round(cutoff * ONE), window) == 0
        heard[kind] = []
        for start in range(0, len(samples), HOP):
            ear.hear(samples[start : start + HOP])
            heard[kind] += wakes(ear)
    assert heard["wasm"] == heard["native"]
    # TensorFlow Lite's own kernels differ from Micro's by a step at times: a wake may move by a stride or two
    near = [any(abs(sample - wake) <= 6 * HOP for sample, _ in heard["wasm"]) for wake in expected]
    assert sum(near) >= 0.95 * len(expected)
    assert abs(len(heard["wasm"]) - len(expected)) <= 0.05 * max(len(expected), 20)


@pytest.mark.parametrize("kind", KINDS)
def test_refuses_a_fifth_wake_word_and_options_out_of_range(kind):
    ear, model = Ear(kind), (MODELS / "alexa.tflite").read_bytes()
    assert [ear.add("alexa", model, cutoff, 5) for cutoff in (-1, ONE + 1)] == [BAD_POINT] * 2
    assert [ear.add("alexa", model, ONE, window) for window in (0, 33)] == [BAD_POINT] * 2
    assert [ear.add(name, model, ONE, 5) for name in ("", "a" * 32)] == [BAD_NAME] * 2
    assert [ear.add(name, model, ONE, 5) for name in "abcde"] == [OK] * 4 + [TOO_MANY_WAKE_WORDS]


@pytest.mark.parametrize("kind", KINDS)
def test_names_what_it_refuses_and_says_what_would_be_right(kind):
    ear = Ear(kind)
    model = Model(ear.machine, (MODELS / "alexa.tflite").read_bytes()).handle
    fine, wrong = point(ONE, 5), point(ONE, 33)

    def refusal(*words, embedding=0):
        assert ear.hearing.wake_words(words, embedding) != OK
        return ear.hearing.detail

    assert refusal(WakeWord("a", model, [fine, fine, wrong])).startswith(
        "wake word a, high sensitivity: needs"
    )
    assert refusal(WakeWord("a", model), WakeWord("b" * 40, model)).startswith(f"wake word {'b' * 40}: needs")
    assert refusal(WakeWord("a", 0)).startswith("wake word a: not a streaming model")
    assert refusal(WakeWord("a", model, pronunciations=b"\1\2")).startswith("pronunciations of a: at most 4")
    assert refusal(WakeWord("a", model, word_verifier=model)).startswith(
        "word verifier of a: a word verifier"
    )
    assert refusal(embedding=model).startswith("speech embedding: not a speech embedding")
    assert refusal(*[WakeWord("a", model)] * 5) == "wake words: one ear takes at most 4"
    long = refusal(WakeWord("n" * 300, model))
    assert long == f"wake word {'n' * 245}"
    assert ear.hearing.commands(model, 0) == BAD_MODEL
    assert ear.hearing.detail.startswith("phone model: not a streaming model")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_refused_is_gone_and_the_next_is_heard(kind):
    model, samples = (MODELS / "alexa.tflite").read_bytes(), sound()[: 16_000 * 6]

    def heard(ear):
        ear.mute_and_open()
        for start in range(0, len(samples), HOP):
            ear.hear(samples[start : start + HOP])
        return [event["word"] for event in ear.events()]

    ear = Ear(kind)
    assert ear.add("alexa", model, 0, 32) == OK
    assert "alexa" in heard(ear)
    assert ear.add("", model, 0, 32) == BAD_NAME
    assert heard(ear) == []
    assert ear.hearing.wake_words([ear.words[0]]) == OK
    assert "alexa" in heard(ear)
    assert ear.hearing.wake_words([]) == OK
    assert heard(ear) == []


@pytest.mark.parametrize("kind", KINDS)
def test_says_how_many_events_were_lost_when_nobody_took_them(kind):
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 3000, 300 * 16000) * np.repeat(rng.random(3000), 1600)
    name, ear = 'quote " and\ttab', Ear(kind)
    for model in sorted(MODELS.glob("*.tflite")):
        ear.add(name, model.read_bytes(), 0, 32)  # wakes whenever it is not quite sure that nothing was said
    for start in range(0, len(noise), HOP):
        ear.hear(noise[start : start + HOP])
    lost, *rest = ear.events()
    assert lost["type"] == "eventsLost"
    assert lost["count"] > 0
    assert {(event["type"], event["word"]) for event in rest} == {("wakeWordHeard", name)}
    times = [event["sample"] for event in rest]
    assert times == sorted(times)
