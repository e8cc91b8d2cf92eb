"""What a word verifier does to second looks: with networks so small that each answer is known."""

import numpy as np
import pytest
from hearing import (
    BAD_EMBEDDING,
    BAD_WORD_VERIFIER,
    NAT,
    NO_EMBEDDING,
    OK,
    ONE,
    WakeWord,
    point,
)
from interpreter import Model
from machines import ROOT
from test_ear import HOP, Ear
from tflite_file import TfliteFile

RATE = 16000
KINDS = ["wasm", "native"]
WEIGHT = 128 / 256  # WAKE_WORD_VERIFIER_WEIGHT
LEAST = -3.5  # WAKE_WORD_LEAST_LOGIT
UNSURE_MOST = 3.5  # unsure_loss of the points here
MOST = 4.5  # WAKE_WORD_MOST_LOSS
SURE = 7.0  # WAKE_WORD_SURE_LOGIT
FEATURE_STEP = 10 / 256  # what models hear features in
ROWS, NUMBERS, BANDS, STRIDE = 3, 96, 32, 8
NUMBER_SCALE = 0.5
LOGIT_STEP = 1 / 8
GUARDS = {"unguarded": 0, "closed": 2}


def dense(net, x, in_scale, weights, biases, out_scale, zero, shape, step=1.0):
    """real = step * weights @ real input + biases; the weights are whole numbers."""
    scale = in_scale * step
    w = net.tensor(weights.shape, scale=step, data=weights)
    b = net.tensor([len(biases)], "int32", scale=scale, data=np.rint(np.asarray(biases) / scale))
    y = net.tensor(shape, scale=out_scale, zero=zero)
    net.operator("FULLY_CONNECTED", [x, w, b], [y], "FullyConnectedOptions")
    return y


def loudness(classes, stride, out_scale, zero, gains, biases, step=FEATURE_STEP, in_zero=-128):
    """A network of the features: each output grows with their sum by its gain."""
    net = TfliteFile()
    x = net.tensor([1, stride, 40], scale=step, zero=in_zero)
    flat = net.tensor([1, stride * 40], scale=step, zero=in_zero)
    net.operator("RESHAPE", [x, net.integers([1, stride * 40])], [flat], "ReshapeOptions")
    weights = np.tile(np.asarray(gains, np.int8)[:, None], (1, stride * 40))
    y = dense(net, flat, step, weights, biases, out_scale, zero, [1, classes])
    return net.bytes([x], [y])


def spotter():
    """As good as sure while it is loud, else certain that nothing was said."""
    return loudness(1, 1, 1 / 256, -128, [1], [-150.0])


def phones(behind=None):
    """Class 1 while it is loud, else the blank; or then class 2, and class 1 so many nats behind."""
    gains, biases = np.zeros(40), np.full(40, -8.0)
    if behind is None:
        gains[1], biases[1], biases[0] = 1, -150.0, 0.0
    else:
        gains[0], biases[:3] = -1, (12.0, -behind, 0.0)
    return loudness(40, 3, 0.1, 0, gains, biases)


def embedding(rng, shape=(1, STRIDE, BANDS, 1), scale=1 / 16, zero=-128, numbers=NUMBERS):
    """Random sums of the spectra, added to those of the stride before."""
    net, flat_length = TfliteFile(), STRIDE * BANDS
    x = net.tensor(shape, scale=scale, zero=zero)
    flat = net.tensor([1, flat_length], scale=scale, zero=zero)
    net.operator("RESHAPE", [x, net.integers([1, flat_length])], [flat], "ReshapeOptions")
    weights = rng.integers(-1, 2, (numbers, flat_length)).astype(np.int8)
    new = dense(net, flat, scale, weights, np.zeros(numbers), NUMBER_SCALE, 0, [1, numbers], step=1 / 8)
    handle = net.tensor([], "resource", name="past")
    net.operator("VAR_HANDLE", [], [handle], "VarHandleOptions", container="", sharedName="past")
    past = net.tensor([1, numbers], scale=NUMBER_SCALE, zero=0)
    net.operator("READ_VARIABLE", [handle], [past], "ReadVariableOptions")
    y = net.tensor([1, numbers], scale=NUMBER_SCALE, zero=0)
    net.operator("ADD", [new, past], [y], "AddOptions")
    net.operator("ASSIGN_VARIABLE", [handle, new], [], "AssignVariableOptions")
    return net.bytes([x], [y])


def verifier(
    weights, bias, out_scale=LOGIT_STEP, rows=ROWS, in_scale=NUMBER_SCALE, numbers=NUMBERS, outputs=1
):
    net = TfliteFile()
    x = net.tensor([1, rows, numbers], scale=in_scale, zero=0)
    flat = net.tensor([1, rows * numbers], scale=in_scale, zero=0)
    net.operator("RESHAPE", [x, net.integers([1, rows * numbers])], [flat], "ReshapeOptions")
    weights = np.broadcast_to(np.asarray(weights, np.int8), (outputs, rows * numbers))
    y = dense(net, flat, in_scale, weights, np.full(outputs, bias), out_scale, 0, [1, outputs], step=1 / 64)
    return net.bytes([x], [y])


def constant(logit, rows=ROWS):
    return verifier(np.zeros(1), logit, rows=rows)


def random_verifier(seed):
    rng = np.random.default_rng(seed)
    return verifier(rng.integers(-2, 3, ROWS * NUMBERS), 0)


def fixture():
    """What tests/fixtures/word-verifier.tflite is, for the shipped embedding: it rather says yes."""
    rows = 12
    weights = np.random.default_rng(20260106).integers(-1, 2, rows * NUMBERS)
    return verifier(weights, 2.0, 0.25, rows=rows)


EMBEDDING = embedding(np.random.default_rng(1))


class LookingEar(Ear):
    """Words of a single sound, with a second look over it."""

    def __init__(self, kind, words=("one",), look_loss=3.0, with_embedding=True, verifiers=(), behind=None):
        super().__init__(kind)
        self.kept = []
        self.embedding = self.keep(EMBEDDING) if with_embedding else 0
        judges = [*map(self.keep, verifiers), *[0] * len(words)]
        self.words = [
            WakeWord(name, self.keep(spotter()), pronunciations=bytes([1, 0]), word_verifier=judge)
            for name, judge in zip(words, judges, strict=False)
        ]
        for number in range(len(words)):
            self.set_look_loss(number, look_loss)
        assert self.set_commands(phones(behind)) == OK

    def set_look_loss(self, number, nats):
        losses = (int(nats * NAT), int(UNSURE_MOST * NAT))
        self.words[number].points = [point(ONE // 2, 1, ONE // 2, *losses)] * 3
        assert self.configure() == OK

    def configure(self):
        return self.hearing.wake_words(self.words, self.embedding)

    def set_commands(self, heard, features=0):
        graph = self.hearing.place((ROOT / "models" / "home" / "home.graph").read_bytes())
        length = (ROOT / "models" / "home" / "home.graph").stat().st_size
        decoder = self.machine.alloc(self.machine.call("decoder_bytes", returns="size"))
        assert self.machine.call("decoder_load", decoder, graph, length, self.machine.alloc(84)) == OK
        return self.hearing.commands(self.keep(heard), decoder, features=features)

    def keep(self, network):
        """The address of a model, 0 for none."""
        if network is None:
            return 0
        self.kept.append(Model(self.machine, network))
        return self.kept[-1].handle

    def set_embedding(self, network):
        self.embedding = self.keep(network)
        return self.configure()

    def set_verifier(self, number, network):
        self.words[number].word_verifier = self.keep(network)
        return self.configure()

    def memory(self):
        return self.machine.read(self.self, self.machine.call("ear_bytes", returns="size"))

    def all_events(self, samples):
        found = []
        for start in range(0, len(samples), HOP):
            self.hear(samples[start : start + HOP])
            found += self.events()
        return found


def words_said(count=1, seed=5):
    """Two silent seconds, then bursts of a third of a second, three silent seconds after each."""
    rng = np.random.default_rng(seed)
    quiet, loud = np.zeros(2 * RATE), []
    for _ in range(count):
        tone = 6000 * np.sin(np.arange(RATE // 3 // HOP * HOP) * rng.uniform(0.1, 1))
        loud += [tone + rng.normal(0, 2000, len(tone)), np.zeros(3 * RATE)]
    return np.concatenate([quiet, *loud]).astype(np.int16)


def woken(events):
    return [event["sample"] for event in events if event["type"] == "wakeWordHeard"]


def spectra(kind, samples):
    """Features and mel spectra of each frame."""
    machine = Ear(kind).machine
    front_end = machine.alloc(machine.call("features_bytes", returns="size"))
    machine.call("features_reset", front_end, returns="none")
    address, frame, ready, mel = (machine.alloc(size) for size in (2 * HOP, 80, 4, BANDS))
    features, mels = [], []
    for start in range(0, len(samples), HOP):
        machine.write(address, samples[start : start + HOP].tobytes())
        machine.call("features_push", front_end, address, HOP, frame, ready, returns="size")
        if machine.read(ready, 4) != b"\1\0\0\0":
            continue
        machine.call("features_take_mel", front_end, mel, returns="none")
        features.append(np.frombuffer(machine.read(frame, 80), "<u2"))
        mels.append(np.frombuffer(machine.read(mel, BANDS), np.int8))
    return np.array(features), np.array(mels)


def first_look(kind, features):
    """The frame with which the spotter is first above one half."""
    net = Model(Ear(kind).machine, spotter())
    for index, frame in enumerate(features):
        (output,) = net.invoke(np.clip(frame.astype(int) - 128, -128, 127)[None, None].astype(np.int8))
        if int(output[0, 0]) + 128 > 128:
            return index
    raise AssertionError("nothing was loud")


def logits(kind, mels, opened, network):
    """What the verifier says of the rows up to each stride from the look's opening on, by its frame."""
    machine = Ear(kind).machine
    heard, judge = Model(machine, EMBEDDING), Model(machine, network)
    start = max(opened + 1 - (9 + ROWS) * STRIDE, (opened + 1) % STRIDE)
    rows, said = [], {}
    for frame in range(start + STRIDE - 1, len(mels), STRIDE):
        (row,) = heard.invoke(mels[frame - STRIDE + 1 : frame + 1][None, :, :, None])
        rows = [*(rows or [row[0]] * ROWS), row[0]][-ROWS:]
        if frame >= opened:
            (output,) = judge.invoke(np.array(rows)[None])
            said[frame] = float(output[0, 0]) * LOGIT_STEP
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_verifier_an_embedding_changes_nothing(kind):
    samples = words_said(3)
    plain = LookingEar(kind, with_embedding=False).all_events(samples)
    assert len(woken(plain)) == 3
    assert "verifier" not in plain[0]
    assert LookingEar(kind).all_events(samples) == plain
    taken_away = LookingEar(kind, verifiers=[constant(-20)])
    assert taken_away.set_verifier(0, None) == OK
    assert taken_away.all_events(samples) == plain


@pytest.mark.parametrize("kind", KINDS)
def test_a_verifier_that_says_no_keeps_a_word_asleep(kind):
    events = LookingEar(kind, verifiers=[constant(-15.0)]).all_events(words_said(3))
    assert [(event["type"], event["verifier"]) for event in events] == [("nearMiss", -15.0)] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_verifier_that_says_yes_wakes_a_word_as_before(kind):
    samples = words_said(3)
    events = LookingEar(kind, verifiers=[constant(3.0)]).all_events(samples)
    assert woken(events) == woken(LookingEar(kind).all_events(samples))
    assert {event["verifier"] for event in events} == {3.0}


@pytest.mark.parametrize("kind", KINDS)
def test_a_nat_of_the_logit_lets_a_phone_lose_its_weight_more(kind):
    samples = words_said()
    (event,) = LookingEar(kind).all_events(samples)
    allowed_by_spotter = 3 * (event["confidence"] - 0.5)
    least = event["lossNats"] - allowed_by_spotter  # the look_loss with which it just woke
    for logit in (-3.0, 5.0, 15.0):
        for more, wakes in ((0.02, 1), (-0.02, 0)):
            ear = LookingEar(kind, look_loss=least - WEIGHT * logit + more, verifiers=[constant(logit)])
            assert len(woken(ear.all_events(samples))) == wakes


@pytest.mark.parametrize("kind", KINDS)
def test_below_the_least_logit_nothing_wakes_however_well_it_fits(kind):
    for logit, wakes in ((LEAST, 1), (LEAST - LOGIT_STEP, 0)):
        ear = LookingEar(kind, look_loss=9.0, verifiers=[constant(logit)])
        assert len(woken(ear.all_events(words_said()))) == wakes


@pytest.mark.parametrize("kind", KINDS)
def test_phones_may_be_further_off_where_the_verifier_is_sure(kind):
    def waking(behind, *verifiers):
        ear = LookingEar(kind, look_loss=9.0, behind=behind, verifiers=[*map(constant, verifiers)])
        (event,) = ear.all_events(words_said())
        return event["lossNats"], event["type"] == "wakeWordHeard"

    for behind, bounds, waken in ((3.6, (3, UNSURE_MOST), (1, 1)), (4.0, (UNSURE_MOST, MOST), (0, 1))):
        loss, wakes = waking(behind, SURE - LOGIT_STEP)
        assert bounds[0] < loss < bounds[1]
        assert (wakes, waking(behind, SURE)[1]) == waken
        assert waking(behind)[1] == wakes
    loss, wakes = waking(4.5, 15.0)
    assert loss > MOST and not wakes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_the_best_logit_of_a_look_counts(kind, seed):
    samples, network = words_said(seed=seed), random_verifier(seed)
    features, mels = spectra(kind, samples)
    opened = first_look(kind, features)
    said = logits(kind, mels, opened, network)
    (event,) = LookingEar(kind, look_loss=-10.0, verifiers=[network]).all_events(samples)
    ended = event["sample"] // HOP - 3  # the frame that was complete with this sample
    heard = [logit for frame, logit in said.items() if frame < ended]
    assert event["type"] == "nearMiss"
    assert len(heard) > 4
    assert len(set(heard)) > 1
    assert event["verifier"] == max(heard)


@pytest.mark.parametrize("kind", KINDS)
def test_each_word_has_its_own_verifier(kind):
    ear = LookingEar(kind, words="abc", verifiers=[constant(-15.0), constant(2.0, rows=16), None])
    events = ear.all_events(words_said())
    told = {event["word"]: (event["type"], event.get("verifier")) for event in events}
    assert told == {"a": ("nearMiss", -15.0), "b": ("wakeWordHeard", 2.0), "c": ("wakeWordHeard", None)}


def test_a_look_that_opens_while_it_listens_hears_the_same_rows():
    samples, network = words_said(), random_verifier(2)
    (alone,) = LookingEar("wasm", look_loss=-10.0, verifiers=[network]).all_events(samples)
    listening = LookingEar("wasm", look_loss=-10.0, verifiers=[network])
    listening.all_events(samples[:RATE])
    # the other machine passes no double
    listening.machine.call("ear_listen", listening.self, float(RATE), returns="none")
    events = listening.all_events(np.concatenate([samples[RATE:], np.zeros(2 * RATE, np.int16)]))
    assert "speechEnded" in {event["type"] for event in events}
    (missed,) = [event for event in events if event["type"] == "nearMiss"]
    assert missed["verifier"] == alone["verifier"]
    assert missed["sample"] == alone["sample"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_guard_ends_a_look_and_the_next_begins_anew(kind):
    samples, network = words_said(2), random_verifier(3)
    half = 2 * RATE + RATE // 6 // HOP * HOP
    ear = LookingEar(kind, look_loss=-10.0, verifiers=[network])
    assert ear.all_events(samples[:half]) == []
    ear.machine.call("ear_set_guard", ear.self, GUARDS["closed"], returns="none")
    assert ear.all_events(samples[half : half + HOP]) == []
    ear.machine.call("ear_set_guard", ear.self, GUARDS["unguarded"], returns="none")
    (second,) = ear.all_events(samples[half + HOP :])
    uninterrupted = LookingEar(kind, look_loss=-10.0, verifiers=[network]).all_events(samples)
    assert second == uninterrupted[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_mute_leaves_nothing_of_what_the_embedding_heard(kind):
    samples, network = words_said(), random_verifier(1)
    _, mels = spectra(kind, samples)
    telling = [mel.tobytes() for mel in mels if len(set(mel)) > 8]
    middle = 2 * RATE + RATE // 4 // HOP * HOP  # the look is open
    ear = LookingEar(kind, look_loss=-10.0, verifiers=[network])
    ear.all_events(samples[:middle])
    heard, judge = ear.kept[0], ear.kept[1]
    row = ear.machine.read(heard.outputs[0].address, NUMBERS)
    assert any(mel in ear.memory() for mel in telling)
    assert row in ear.memory()
    assert len(set(row)) > 8
    ear.mute_and_open()
    assert not any(mel in ear.memory() for mel in telling)
    assert row not in ear.memory()
    for tensor in (*heard.inputs, *heard.outputs, *judge.inputs, *judge.outputs):
        assert set(ear.machine.read(tensor.address, tensor.byte_length)) == {0}
    fresh = LookingEar(kind, look_loss=-10.0, verifiers=[network])
    (expected,), (event,) = fresh.all_events(samples), ear.all_events(samples)
    assert {**event, "sample": event["sample"] - middle} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_refuses_what_is_no_embedding_and_no_word_verifier(kind):
    rng = np.random.default_rng(1)
    ear = LookingEar(kind, with_embedding=False)
    assert ear.set_verifier(0, constant(1)) == NO_EMBEDDING
    wrong = [
        embedding(rng, shape=(1, BANDS, STRIDE, 1)),
        embedding(rng, scale=1 / 8),
        embedding(rng, zero=-127),
        embedding(rng, numbers=95),
        constant(1),
        spotter(),
    ]
    assert [ear.set_embedding(network) for network in wrong] == [BAD_EMBEDDING] * len(wrong)
    assert ear.set_embedding(None) == NO_EMBEDDING
    assert ear.set_embedding(EMBEDDING) == OK
    wrong = [
        constant(1, rows=17),
        verifier(np.zeros(1), 1, in_scale=0.25),
        verifier(np.zeros(1), 1, numbers=95),
        verifier(np.zeros(1), 1, outputs=2),
        verifier(np.zeros(1), 1, out_scale=8.5),
        spotter(),
        EMBEDDING,
    ]
    assert [ear.set_verifier(0, network) for network in wrong] == [BAD_WORD_VERIFIER] * len(wrong)
    assert ear.hearing.detail.startswith(
        "word verifier of one: not a word verifier over this speech embedding"
    )
    assert [ear.set_verifier(0, constant(1, rows=rows)) for rows in (1, 16)] == [OK] * 2


def test_the_fixture_is_what_is_made_here():
    assert (ROOT / "tests" / "fixtures" / "word-verifier.tflite").read_bytes() == fixture()


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_are_given_again_without_a_verifier_have_none(kind):
    ear = LookingEar(kind, verifiers=[constant(-15.0)])
    assert ear.set_verifier(0, None) == OK
    assert len(woken(ear.all_events(words_said()))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_models_that_are_replaced_keep_nothing_of_what_they_heard(kind):
    ear = LookingEar(kind, look_loss=-10.0, verifiers=[random_verifier(1)])
    ear.all_events(words_said()[: 2 * RATE + RATE // 4])  # the look is open
    tensors = [tensor for net in ear.kept for tensor in (*net.inputs, *net.outputs)]
    heard = [ear.machine.read(tensor.address, tensor.byte_length) for tensor in tensors]
    assert any(set(numbers) != {0} for numbers in heard)
    ear.embedding, ear.words[0].word_verifier = 0, 0
    assert ear.configure() == OK
    for net in ear.kept[:2]:  # embedding and verifier
        for tensor in (*net.inputs, *net.outputs):
            assert set(ear.machine.read(tensor.address, tensor.byte_length)) == {0}
