"""The decoder finds the sentence that was said, refuses what was none, and does so alike on every machine."""

import itertools

import numpy as np
import pytest
from decoding import CLASSES, PHONES, Decoder, compiled, compiled_file, rows_of
from machines import ROOT, WasmMachine, wasm_path

LIGHTS = """
say turn: T ER N
say the: DH AH
say light: L AY T
say lights: L AY T S
say on: AA N
say off: AO F
say kitchen: K IH CH AH N
say hall: HH AO L
say stop: S T AA P
say go: G OW
say walk: W AO K
say slowly: S L OW L IY
before = stop
after = go
list room = kitchen | hall
on: turn [the] {room} (light | lights) on
off: turn [the] {room} (light | lights) off
halt: stop
list pace = slowly
walk: go [{pace}]
walk: walk [slowly]
"""
ON = "T ER N DH AH K IH CH AH N L AY T S AA N"
END_ROWS = 8
END_ROWS_WHEN_SURE = 3
END_ROWS_WHEN_MORE_MAY_FOLLOW = 23
SILENCE_ROWS = 190
GIVE_UP_ROWS = 30
BLANK = np.where(np.arange(CLASSES) == 0, 60, -60)


def wasm_has_decoder():
    try:
        return wasm_path().exists() and WasmMachine().call("decoder_bytes", returns="size") > 0
    except (KeyError, AttributeError):
        return False


@pytest.fixture(params=["native", "wasm"])
def kind(request):
    if request.param == "wasm" and not wasm_has_decoder():
        pytest.skip("the built wasm has no decoder yet")
    return request.param


@pytest.fixture
def random():
    return np.random.default_rng(7)


def test_finds_the_sentence_and_its_slots(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.decode(rows_of(ON, random))[0] == "found"
    assert sorted(decoder.tokens) == sorted(["turn", "the", "{room", "kitchen", "}", "lights", "on", "<on"])
    assert decoder.words == "turn the kitchen lights on"
    assert decoder.call("confidence") > 900


@pytest.mark.parametrize("noise", [5, 12, 18])
def test_finds_random_sentences_of_the_home_grammar_in_noise(kind, random, noise):
    decoder = Decoder(kind, compiled_file(ROOT / "models" / "home" / "home.grammar"))
    for phones, words in [
        ("S EH T AH T AY M ER F AO R T EH N M IH N AH T S", "set a timer for ten minutes"),
        ("T ER N AA N DH AH K IH CH AH N L AY T S", "turn on the kitchen lights"),
        ("W AH T T AY M IH Z IH T", "what time is it"),
        ("K AE N S AH L DH AH T AY M ER", "cancel the timer"),
        ("P AO Z DH AH M Y UW Z IH K P L IY Z", "pause the music please"),
    ]:
        # "ten minutes" may go on with "and ten seconds": it is waited for
        assert decoder.decode([*rows_of(phones, random, noise), *[BLANK] * 20])[0] == "found"
        assert decoder.words == words


def test_refuses_speech_that_is_no_sentence(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    for _ in range(20):
        phones = " ".join(random.choice(PHONES, 15))
        assert decoder.decode(rows_of(phones, random))[0] == "notUnderstood"


def test_refuses_a_sentence_with_a_wrong_word(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    wrong = "T ER N DH AH B AE TH R UW M L AY T S AA N"
    assert decoder.decode(rows_of(wrong, random))[0] == "notUnderstood"


def test_needs_no_pause_after_the_wake_word(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.decode(rows_of(f"AA R V IH S {ON}", random))[0] == "found"
    assert decoder.words == "turn the kitchen lights on"


def test_waits_through_the_wake_word_and_a_thought(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    rows = [*rows_of("AA R V IH S", random, after=70), *rows_of(ON, random)]
    assert decoder.decode(rows)[0] == "found"


def test_lets_pauses_be_between_words(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    rows = [*rows_of("T ER N DH AH", random, after=15), *rows_of("K IH CH AH N L AY T S AA N", random)]
    assert decoder.decode(rows)[0] == "found"


def test_tells_a_phone_said_twice_by_the_blank_between(kind):
    decoder = Decoder(
        kind, compiled("say no: N OW\nsay on: OW N\nbefore = on\nafter = no\none: no\ntwo: no on")
    )
    phone = {name: np.where(np.arange(CLASSES) == PHONES.index(name) + 1, 60, -60) for name in ("N", "OW")}
    rows = [phone["N"], phone["OW"], phone["OW"], phone["N"], *[BLANK] * 40]
    assert (decoder.decode(rows)[0], decoder.words) == ("notUnderstood", "") or decoder.words != "no on"
    rows = [phone["N"], phone["OW"], BLANK, phone["OW"], phone["N"], *[BLANK] * 40]
    assert (decoder.decode(rows)[0], decoder.words) == ("found", "no on")


def test_ends_at_once_after_a_sentence_that_it_is_sure_of(kind, random):
    rows = rows_of(ON, random)
    state, count = Decoder(kind, compiled(LIGHTS)).decode(rows)
    assert (state, count) == ("found", len(rows) - 40 + END_ROWS_WHEN_SURE)


def test_ends_soon_after_a_short_sentence_of_which_nothing_is_sure(kind, random):
    rows = rows_of("S T AA", random)
    state, count = Decoder(kind, compiled("say sta: S T AA\nsta: sta")).decode(rows)
    assert (state, count) == ("found", len(rows) - 40 + END_ROWS)


def test_ends_soon_when_what_may_follow_changes_nothing(kind, random):
    rows = rows_of("W AO K", random)
    state, count = Decoder(kind, compiled(LIGHTS)).decode(rows)
    assert (state, count) == ("found", len(rows) - 40 + END_ROWS)


def test_waits_longer_when_what_may_follow_means_more(kind, random):
    rows = rows_of("G OW", random)
    state, count = Decoder(kind, compiled(LIGHTS)).decode(rows)
    assert (state, count) == ("found", len(rows) - 40 + END_ROWS_WHEN_MORE_MAY_FOLLOW)


def test_says_when_nobody_spoke(kind):
    assert Decoder(kind, compiled(LIGHTS)).decode([BLANK] * 250) == ("silence", SILENCE_ROWS)


def test_gives_up_on_a_sentence_that_is_not_finished(kind, random):
    rows = rows_of(f"{ON} T ER N DH AH K IH CH", random)
    assert Decoder(kind, compiled(LIGHTS)).decode(rows) == ("notUnderstood", len(rows) - 40 + GIVE_UP_ROWS)


def test_waits_on_after_a_noise_or_a_hesitation(kind, random):
    rows = [*rows_of("", random, after=30), *rows_of("K AH T", random, after=40), *rows_of(ON, random)]
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.decode(rows)[0] == "found"
    assert decoder.words == "turn the kitchen lights on"


def test_says_that_it_did_not_understand_the_little_that_it_heard(kind, random):
    rows = [*rows_of("", random, after=30), *rows_of("K AH T", random, after=0), *[BLANK] * 200]
    assert Decoder(kind, compiled(LIGHTS)).decode(rows) == ("notUnderstood", SILENCE_ROWS)


def test_ends_speech_that_never_stops(kind, random):
    rows = rows_of(" ".join(random.choice(PHONES, 400)), random)
    assert Decoder(kind, compiled(LIGHTS)).decode(rows) == ("notUnderstood", 500)


def test_shows_the_best_beginning_while_it_listens(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    decoder.start()
    assert decoder.tokens == []
    for row in rows_of("T ER N DH AH K IH CH AH N", random, after=2):
        assert decoder.step(row) == "searching"
    assert decoder.words == "turn the kitchen"


def test_finishes_at_once_when_told_to(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.decode(rows_of("G OW", random, after=3))[0] == "searching"
    assert decoder.call("finish") == 1
    assert decoder.words == "go"


def test_rests_after_its_decision_until_it_is_started_again(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    decoder.decode(rows_of("S T AA P", random))
    assert [decoder.step(BLANK) for _ in range(3)] == ["found"] * 3
    assert decoder.decode(rows_of(ON, random))[0] == "found"
    assert decoder.words == "turn the kitchen lights on"


def test_gives_an_empty_token_out_of_range(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    decoder.decode(rows_of("S T AA P", random))
    assert [decoder._string(index) for index in (-1, 2, 1000)] == ["", "", ""]


def test_takes_the_blank_penalty_off_the_blank(kind, random):
    rows = rows_of("S T AA P", random, noise=1.0)
    rows[:, 0] = np.maximum(rows[:, 0], 50)  # a blank that wins every row, though closely
    assert Decoder(kind, compiled(LIGHTS)).decode([*rows, *[BLANK] * 200])[0] == "silence"
    assert Decoder(kind, compiled(LIGHTS), blank_penalty=3.0).decode(rows)[0] == "found"


@pytest.mark.parametrize(
    "scale, penalty", [(0.0, 0.0), (-1.0, 0.0), (9.0, 0.0), (float("nan"), 0.0), (0.1, 51.0)]
)
def test_refuses_a_scale_out_of_range(kind, scale, penalty):
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.call("set_logit_scale", float(scale), float(penalty)) == 0


def test_is_the_same_on_both_machines_row_by_row():
    if not wasm_has_decoder():
        pytest.skip("the built wasm has no decoder yet")
    random = np.random.default_rng(3)
    graph = compiled_file(ROOT / "models" / "home" / "home.grammar")
    decoders = [Decoder(kind, graph, scale=0.0937, blank_penalty=1.3) for kind in ("native", "wasm")]
    sentences = [ON, "S EH T AH T AY M ER F AO R T EH N M IH N AH T S", " ".join(random.choice(PHONES, 30))]
    for phones, noise in itertools.product(sentences, (10, 40)):
        for decoder in decoders:
            decoder.start()
        for row in rows_of(phones, random, noise):
            states = [decoder.step(row) for decoder in decoders]
            seen = [(d.call("confidence"), d.call("loss"), d.tokens) for d in decoders]
            assert states[0] == states[1]
            assert seen[0] == seen[1]


DECOYS = "\n".join(
    [
        "say dont: D OW N T",
        "say open: OW P AH N",
        "say shut: SH AH T",
        "say door: D AO R",
        "careful = shut",
        "never: dont …",
        "open: open door",
        "shut: shut door",
    ]
)


def test_does_nothing_on_what_is_never_meant_whatever_follows(kind, random):
    decoder = Decoder(kind, compiled(DECOYS))
    assert decoder.decode(rows_of("OW P AH N D AO R", random))[0] == "found"
    for rest in ["OW P AH N D AO R", "S IH NG AH S AO NG", ""]:
        assert decoder.decode(rows_of(f"D OW N T {rest}", random))[0] == "notUnderstood"


def test_refuses_a_sentence_of_which_one_word_is_another(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    assert decoder.decode(rows_of(ON, random))[0] == "found"
    assert decoder.decode(rows_of(ON.replace("K IH CH AH N", "G AA D AH S"), random))[0] == "notUnderstood"


def test_refuses_a_sentence_behind_words_that_are_none_of_it(kind, random):
    decoder = Decoder(kind, compiled(LIGHTS))
    graph_rows = rows_of(f"D OW N T {ON}", random)
    decoder.start()
    decoder.machine.call("decoder_start_after", decoder.object, 0, returns="none")
    states = [decoder.step(row) for row in graph_rows]
    assert "found" not in states
    assert states[-1] == "notUnderstood"
