"""Training of wake models on made-up scenes: what is drawn, what is left alone, how it goes on."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("torch", reason="skipped: torch is not installed (it comes with .venv-train)")

import torch
from train.networks.network import Network
from train.networks.shapes import STACK, Shape
from train.wake.card import facts_of
from train.wake.card_text import strictness
from train.wake.corpus import QUIET_STEPS, STEPS, Positives, Stretches, coarse
from train.wake.facts import Facts, read_facts, write_facts
from train.wake.fit import HIGH, Examples, fit
from train.wake.intervals import poisson, wilson
from train.wake.manifest import Point, read_points, write_manifest
from train.wake.measure import Measured, events
from train.wake.phrase import read_phrase
from train.wake.points import (
    LOOK_LOSSES_NATS,
    USUAL_AN_HOUR,
    USUAL_GROWTH_NATS,
    USUAL_HOURS,
    USUAL_LOSS_NATS,
    best_look,
    choose,
    false_an_hour,
)
from train.wake.run import WakeRun, main, read_arguments
from train.wake.scenes import AFTER, BEFORE, STREAM

SHAPE = Shape(16, 1, (5, 9), (0, 0), 1)
WAYS = [["JH", "AA", "R", "V", "IH", "S"]]
POINT = Point(0.5, 0.15, 2.45, 5)
MODELS = Path(__file__).parents[3] / "models"


def burst(frames: np.ndarray, end: int, channels: slice) -> None:
    frames[end - 40 : end, channels] = 60


@pytest.fixture()
def scenes(tmp_path):
    """A word that is a burst of low channels, other speech that is one of high channels."""
    rng = np.random.default_rng(1)
    word = rng.integers(-128, -100, (40, BEFORE + AFTER, 40)).astype(np.int8)
    other = rng.integers(-128, -100, (6, STREAM, 40)).astype(np.int8)
    for row in word:
        burst(row, BEFORE, slice(0, 12))
    for row in other:
        for end in range(200, STREAM, 300):
            burst(row, end, slice(20, 40))
    burst(other[2], 1050, slice(0, 12))  # somebody says the word after all
    np.savez(tmp_path / "word.npz", frames=word, snr_db=np.full(40, np.inf))
    spans, phones = np.array([[2, 1010, 1050, 6]]), np.array([19, 1, 28, 35, 17, 29], np.uint8)
    np.savez(tmp_path / "other.npz", frames=other, spans=spans, phones=phones)
    return tmp_path


def examples_of(scenes) -> Examples:
    positives = Positives({"made up": [scenes / "word.npz"]}, {"made up": 1.0})
    kinds = {kind: Stretches([scenes / "other.npz"], WAYS) for kind in ("near", "other")}
    return Examples(positives, kinds, 24)


def trained(scenes, checkpoint, batches=60):
    torch.manual_seed(5)
    examples = examples_of(scenes)
    network = fit(
        Network(SHAPE), examples, checkpoint, batches=batches, peak=1e-2, minings=2, note=lambda text: None
    )
    return network, examples


def test_every_window_with_the_word_has_its_end_where_it_is_said_to_be(scenes):
    frames, ends = examples_of(scenes).positives.draw(64)
    loud = frames.reshape(64, STEPS * STACK, 40)[..., :12].float().mean(-1) > 0
    last = (loud * torch.arange(STEPS * STACK)).max(1).values
    assert ((last // STACK - ends).abs() <= 1).all()
    assert ((ends >= 56) & (ends < STEPS - HIGH[1])).all()


def test_nothing_is_learnt_where_somebody_says_the_word_in_other_speech(scenes):
    stretches = Stretches([scenes / "other.npz"], WAYS)
    step = QUIET_STEPS + 1030 // STACK
    assert stretches.is_word[2, step] and not stretches.is_word[1, step]
    _, weights = stretches.windows(torch.tensor([2, 1]), torch.tensor([step - 20, step - 20]))
    assert weights[0].sum() < STEPS and weights[1].sum() == STEPS


def test_both_the_word_and_what_is_not_it_go_at_many_paces(scenes):
    examples = examples_of(scenes)
    frames, _ = examples.positives.draw(64)
    lengths = (frames.reshape(64, STEPS * STACK, 40)[..., :12].float().mean(-1) > 0).sum(1)
    assert lengths.min() < 37 and lengths.max() > 44  # said in 40 frames
    frames, _ = examples.stretches["near"].windows(torch.zeros(64, dtype=torch.long), torch.full((64,), 220))
    quiet = frames.reshape(64, STEPS * STACK, 40)[..., 20:].float().mean(-1) < 0
    assert quiet.sum(1).unique().numel() > 8


def test_accents_are_one_to_the_search_for_the_word():
    said = coarse(np.array([19, 1, 28, 35, 3, 38], np.uint8))  # JH AA R V AH Z
    assert said == coarse(np.array([19, 1, 35, 17, 29], np.uint8))  # JH AA V IH S
    assert said != coarse(np.array([19, 1, 28, 30], np.uint8))


def test_it_learns_the_word_and_finds_no_mistake_where_the_word_is_marked(scenes, tmp_path):
    network, examples = trained(scenes, tmp_path / "a")
    note = examples.mine(network)
    rows, places, scores = examples.mined["other"]
    assert float(scores.max()) < 0.5, note
    assert not examples.stretches["other"].is_word[rows, places].any()
    frames, _ = examples.positives.draw(16)
    assert (torch.sigmoid(network(frames)[..., 0]).max(1).values > 0.5).all()


def test_a_stopped_run_ends_with_the_same_weights(scenes, tmp_path):
    whole, _ = trained(scenes, tmp_path / "whole")

    class StopAsked(Exception):
        pass

    def stop(text):
        if "batch 40" in text:
            raise StopAsked

    torch.manual_seed(5)
    with pytest.raises(StopAsked):
        fit(
            Network(SHAPE),
            examples_of(scenes),
            tmp_path / "stopped",
            batches=60,
            peak=1e-2,
            minings=2,
            note=stop,
        )
    rest, _ = trained(scenes, tmp_path / "stopped")
    for first, second in zip(whole.state_dict().values(), rest.state_dict().values(), strict=True):
        assert torch.equal(first, second)


def test_false_wakes_within_two_seconds_count_once(scenes):
    stretches = Stretches([scenes / "other.npz"], WAYS)
    scores = np.zeros((6, stretches.steps.shape[1]))
    scores[0, 200], scores[0, 230], scores[0, 400] = 0.9, 0.8, 0.7
    scores[2, QUIET_STEPS + 1030 // STACK] = 1.0  # the word itself
    assert events(scores, stretches).tolist() == pytest.approx([0.9, 0.7])


def test_counts_come_with_the_intervals_of_the_textbook():
    assert wilson(5, 100) == pytest.approx((0.0215, 0.1118), abs=1e-3)
    assert wilson(0, 100)[0] == 0
    assert poisson(0) == pytest.approx((0, 3.689), abs=1e-3)
    assert poisson(10) == pytest.approx((4.795, 18.39), abs=1e-2)


def test_misses_are_counted_for_each_noise():
    measured = Measured(5, np.array([0.9, 0.4, 0.8, 0.2]), np.array([10, 10, np.inf, np.inf]), {}, {})
    assert measured.missed(0.5) == (2, 4)
    assert measured.missed(0.3, 10) == (0, 2)


def look(word: list[float], false: list[float], hours: float) -> Measured:
    negated = -np.array(word)
    return Measured(7, negated, np.full(len(word), np.inf), {"other": -np.array(false)}, {"other": hours})


def test_a_look_is_worth_what_it_finds_and_what_it_lets_sleep():
    long = 10_000.0  # hours, beside which what is usual does not count
    looks = {
        0.1: look([1, 2, 3, 4], [3.5] * 10_000 + [3.9] * 10_000, long),
        0.3: look([1, 2, 2.5, 9], [2.4] * 10_000, long),
    }
    assert best_look(looks, 1, LOOK_LOSSES_NATS) == (0.1, 4.0)  # all found, two false wakes an hour
    assert best_look(looks, 20, LOOK_LOSSES_NATS) == (0.1, 3.0)  # one missed, none false
    assert best_look(looks, 1000, LOOK_LOSSES_NATS) == (0.1, 3.0)


def losses_chosen(word: list[float], false: list[float]) -> list[float]:
    alone = Measured(5, np.ones(4), np.full(4, np.inf), {"other": np.zeros(0)}, {"other": 1.0})
    points = choose(alone, {0.1: look(word, false, hours=3)})
    return [points[name].look_loss_nats for name in ("low", "normal", "high")]


def test_each_sensitivity_has_a_point_of_its_own():
    assert losses_chosen([1.0] * 98 + [2.2, 3.6], []) == [1.0, 2.2, 3.6]
    all_would_take_the_same = [2.5] * 79 + [2.9] * 20 + [9.0]
    assert losses_chosen(all_would_take_the_same, []) == [2.5, 2.9, 3.3]
    low, normal, _ = losses_chosen([0.2] * 100, [0.4] * 1_000)
    assert low == normal == 0.2  # none is stricter


def test_where_nothing_woke_falsely_in_a_few_hours_it_may_still():
    never = look([], [], hours=3)
    assert false_an_hour(never, USUAL_LOSS_NATS) == pytest.approx(
        USUAL_AN_HOUR * USUAL_HOURS / (USUAL_HOURS + 3)
    )
    assert false_an_hour(never, USUAL_LOSS_NATS + USUAL_GROWTH_NATS) == pytest.approx(
        np.e * false_an_hour(never, USUAL_LOSS_NATS)
    )
    some = look([], [2.0, 2.5, 4.0], hours=3)
    assert false_an_hour(some, 3.0) - false_an_hour(never, 3.0) == pytest.approx(2 / (USUAL_HOURS + 3))
    found = {0.1: look([1.0] * 99 + [4.0], [], hours=3)}
    assert best_look(found, 1, LOOK_LOSSES_NATS)[1] == 4.0
    assert best_look(found, 10, LOOK_LOSSES_NATS)[1] == 1.0


def test_points_are_read_as_they_were_written(tmp_path):
    points = {
        name: replace(POINT, window=window) for window, name in ((3, "low"), (5, "normal"), (7, "high"))
    }
    write_manifest(read_phrase("jarvis"), points, tmp_path)
    assert read_points(tmp_path) == points


def test_a_sensitivity_may_have_a_limit_of_its_own_where_no_verifier_is_sure(tmp_path):
    write_manifest(read_phrase("jarvis"), dict.fromkeys(("low", "normal", "high"), POINT), tmp_path)
    manifest = json.loads((tmp_path / "model.json").read_text())
    manifest["earshot"]["secondLook"]["unsure_loss_nats"] = 3.5
    manifest["earshot"]["sensitivity"]["high"]["secondLook"]["unsure_loss_nats"] = 4.5
    (tmp_path / "model.json").write_text(json.dumps(manifest))
    points = read_points(tmp_path)
    write_manifest(read_phrase("jarvis"), points, tmp_path)  # as a run that teaches it anew does
    assert read_points(tmp_path) == points
    assert [point.unsure_loss_nats for point in points.values()] == [3.5, 3.5, 4.5]
    assert "3.50 nats at low and normal sensitivity" in "\n".join(strictness(points))
    assert strictness({"normal": POINT}) == []


def renewed(tmp_path, keeps_verifier: bool) -> tuple[Facts, Facts]:
    """A word's facts, and those after a run that keeps its points and learnt from other scenes."""
    old = read_facts(MODELS / "jarvis")
    write_facts(old, tmp_path)
    settings = SimpleNamespace(verifier_batches=1)
    run = SimpleNamespace(keeps_points=True, keeps_verifier=keeps_verifier, settings=settings)
    examples = SimpleNamespace(positives=range(7), stretches={"other": SimpleNamespace(hours=0.5)})
    measured = replace(old.measured, looks_an_hour=1)
    return old, facts_of(run, examples, measured, tmp_path / "jarvis.tflite")


def test_a_word_that_keeps_its_points_keeps_what_its_wake_model_learnt_from(tmp_path):
    old, new = renewed(tmp_path, keeps_verifier=False)
    assert new.wake_model == old.wake_model and new.arena_bytes == old.arena_bytes
    assert (new.verifier.positives, new.verifier.hours) == (7, {"other": 0.5})
    assert new.measured.looks_an_hour == 1


def test_a_word_that_keeps_its_verifier_keeps_what_that_learnt_from(tmp_path):
    old, new = renewed(tmp_path, keeps_verifier=True)
    assert new == replace(old, measured=new.measured) and new.measured != old.measured


def test_for_a_word_that_keeps_its_verifier_scenes_of_the_development_set_suffice(tmp_path):
    def kinds(*options: str) -> set[tuple[str, bool]]:
        run = WakeRun(read_phrase("jarvis"), read_arguments(["jarvis", "--cache", str(tmp_path), *options]))
        return {(job.kind, job.is_development) for job in run.scene_jobs}

    assert kinds("--keep-verifier") == {(kind, True) for kind in ("positives", "talk", "music")}
    learnt_from = {(kind, False) for kind in ("positives", "near", "talk", "music")}
    assert kinds("--keep-points") == kinds() == kinds("--keep-verifier") | learnt_from


def test_a_word_without_a_verifier_cannot_keep_it(tmp_path, capsys):
    for name in ("model.json", "jarvis.tflite", "CARD.md"):
        (tmp_path / "jarvis").mkdir(exist_ok=True)
        (tmp_path / "jarvis" / name).touch()
    assert main(["jarvis", "--keep-verifier", "--out", str(tmp_path), "--cache", str(tmp_path)]) == 2
    assert "jarvis-verifier.tflite is missing: train 'jarvis' first" in capsys.readouterr().out
