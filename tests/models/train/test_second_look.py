"""The second look of training, in floats, beside the speaker's own."""

import re
from pathlib import Path

import numpy as np
import pytest
from train.wake.second_look import (
    EARLIEST_STEPS,
    LATEST_STEPS,
    LEAST_LOGIT_NATS,
    LONGEST_STEPS,
    MOST_LOSS_NATS,
    MOST_UNPAUSED_NATS,
    ONSET_STEPS,
    PAUSE_DB,
    PAUSE_STEPS,
    ROOM_DB,
    ROOM_STEPS,
    SLOPE_NATS,
    SURE_LOGIT_NATS,
    TALK_DB,
    TALK_LATEST_PIECES,
    TALK_NATS,
    TALK_PIECES,
    TALK_STEPS,
    UNPAUSED_NATS,
    VERIFIER_WEIGHT,
    look_scores,
    losses_at_ends,
    talk_shares,
    unpaused_losses,
    weighed,
)
from train.words.alphabet import BLANK, INDEX

NAT = 256
WAYS = [["JH", "AA", "R", "V", "AH|IH", "S"], ["B", "B", "IY"]]


def test_an_alignment_loses_what_it_loses_on_the_speaker():
    from test_alignment import NO_FIT, Alignment, written

    rng = np.random.default_rng(3)
    logits = rng.normal(0, 3, (90, 40)).astype(np.float32)
    logits[20:41] = -5
    logits[20:41, BLANK] = 9
    for step, phone in zip(range(20, 44, 4), ("JH", "AA", "R", "V", "IH", "S"), strict=True):
        logits[step, [BLANK, INDEX[phone]]] = -5, 9
    losses = np.round((logits.max(-1, keepdims=True) - logits) * NAT).astype(np.int32)
    speaker = Alignment("native")
    words = [[{INDEX[phone] for phone in phones.split("|")} for phones in way] for way in WAYS]
    assert speaker.say([byte for word in words for byte in [*written(word), 0]]) == 1
    ours, began = (of[0] for of in losses_at_ends(weighed(-losses / NAT)[None], WAYS))
    for step, row in enumerate(losses):
        speaker.hear([row], first_frame=3 + 3 * step)
        loss, frame, first = speaker.best_and_beginning()
        recent = ours[max(0, step - 19) : step + 1].min()
        if loss == NO_FIT:
            assert recent > 1e6
        else:  # the speaker's logarithms are straight between powers of two
            assert loss / NAT == pytest.approx(recent, rel=0.03, abs=0.02)
        if step == 43:
            assert (frame, first) == (3 + 3 * 40, 3 + 3 * began[40])
    assert ours[40] < 0.1


def test_a_look_begins_above_its_cutoff_and_sureness_counts():
    means, ends = np.full((1, 60), 0.05), np.full((1, 60), 4.2)
    means[0, 30], ends[0, 36] = 0.9, 2.0
    scores = look_scores(means, ends, 0.2)[0]
    assert (scores[:30] < -1e6).all() and (scores[55:] < -1e6).all()
    assert scores[36] == pytest.approx(3 * 0.4 - 2) and scores[46] == scores[36]
    assert scores[35] == scores[47] == pytest.approx(3 * 0.4 - 4.2)
    assert (look_scores(means, np.full((1, 60), 4.6), 0.2) < -1e6).all()


def test_a_phone_may_lose_most_where_the_verifier_is_sure():
    means, unsure = np.full((1, 60), 0.9), 3.5
    for most, logit in ((unsure, SURE_LOGIT_NATS - 0.1), (MOST_LOSS_NATS, SURE_LOGIT_NATS)):
        for loss, may_wake in ((most, True), (most + 0.1, False)):
            scores = look_scores(means, np.full((1, 60), loss), 0.2, np.full((1, 60), logit), unsure)
            assert ((scores[0] > -1e6) == may_wake).all()
    too_far = np.full((1, 60), unsure + 0.1)
    assert (look_scores(means, too_far, 0.2, unsure_loss_nats=unsure) < -1e6).all()
    assert (look_scores(means, too_far, 0.2) > -1e6).all()


def test_a_verifier_gives_and_takes_by_its_weight():
    means, ends, logits = np.full((1, 60), 0.9), np.full((1, 60), 2.0), np.full((1, 60), -3.0)
    logits[0, 40] = 4.0
    with_verifier = look_scores(means, ends, 0.2, logits)[0]
    alone = look_scores(means, ends, 0.2)[0]
    assert with_verifier[39] == pytest.approx(alone[39] - 3 * VERIFIER_WEIGHT)
    assert with_verifier[40] == with_verifier[59] == pytest.approx(alone[40] + 4 * VERIFIER_WEIGHT)


def test_nothing_wakes_where_the_verifier_is_sure_that_the_word_was_not_said():
    means, ends, logits = np.full((1, 60), 0.9), np.zeros((1, 60)), np.full((1, 60), LEAST_LOGIT_NATS - 0.1)
    assert (look_scores(means, ends, 0.2, logits) < -1e6).all()
    logits[0, 40] = LEAST_LOGIT_NATS
    may_wake = look_scores(means, ends, 0.2, logits)[0] > -1e6
    assert may_wake.nonzero()[0].tolist() == list(range(40, 60))


def test_a_missing_pause_costs_what_it_costs_the_speaker():
    from test_pause import Past

    rng, losses = np.random.default_rng(9), []
    for room_db, said_db in [(-60, 0), (-60, 4), (-60, 7), (-60, 40), (-46, 2), (-40, 1)]:
        parts = [np.full(60, room_db), rng.integers(-41, -38, 60), np.full(20, -40 + said_db)]
        levels, began = np.repeat(np.concatenate(parts), 3), 60 + 63
        heard = Past("native")
        heard.add(levels)
        missing = heard.missing(3 * began + 3, len(levels))
        power = 10 ** (levels.reshape(1, -1, 3).mean(-1) / 10)
        losses.append(unpaused_losses(power, np.full(power.shape, began))[0, -1])
        assert losses[-1] == pytest.approx(
            min(max(0, missing) * UNPAUSED_NATS, MOST_UNPAUSED_NATS), abs=1.5 * UNPAUSED_NATS
        )
    assert losses[0] == MOST_UNPAUSED_NATS > losses[1] > losses[2] > losses[3] == losses[5] == 0
    assert 0 < losses[4] < losses[1]


def test_nothing_is_lost_by_a_word_with_which_the_sound_begins():
    power = np.concatenate([np.zeros((1, 100)), np.ones((1, 60))], 1)
    power[0, 110:120] = 0.1
    assert not unpaused_losses(power, np.full((1, 160), 105))[0, 110:].any()
    assert unpaused_losses(power, np.full((1, 160), 152))[0, 155:].min() > 1


def test_talk_is_what_it_is_to_the_speaker():
    from test_talk import Talk

    rng, talk = np.random.default_rng(11), Talk("native")
    levels = np.repeat(rng.choice([-70, -58, -30, -25], 200), 21)
    shares = talk_shares(10 ** (levels.reshape(1, -1, 3).mean(-1) / 10))[0]
    heard = []
    for piece in levels.reshape(-1, 21):
        talk.add(piece)
        heard.append(talk.share())
    assert shares[TALK_STEPS - 1 :: TALK_STEPS] == pytest.approx(heard, abs=1 / 256)
    assert heard[TALK_LATEST_PIECES] == heard[0] == 0 and max(heard) > 0.4
    assert shares[8 * TALK_STEPS - 2] == shares[7 * TALK_STEPS - 1]


def test_silence_before_the_first_sound_was_not_heard_and_silence_after_it_was():
    power = np.concatenate([np.zeros((1, 70)), np.ones((1, 210))], 1)
    assert not talk_shares(power).any()
    power[0, 105:140] = 0
    assert talk_shares(power)[0, -1] == pytest.approx(18 / TALK_PIECES)


def test_where_it_was_talked_a_phone_may_lose_less():
    means, ends, talk = np.full((1, 60), 0.9), np.full((1, 60), 2.0), np.zeros((1, 60))
    talk[0, 30:] = 0.5
    scores = look_scores(means, ends, 0.2, talk=talk)[0]
    assert scores[29] - scores[30] == pytest.approx(0.5 * TALK_NATS)


def test_constants_are_those_of_the_speaker():
    ear = Path(__file__).parents[3] / "firmware/natives/ear"
    slope = re.search(r"WAKE_WORD_LOOK_SLOPE \(256 \* (\d+)\)", (ear / "wake_word.h").read_text())
    weight = re.search(r"WAKE_WORD_VERIFIER_WEIGHT (\d+)", (ear / "wake_word.h").read_text())
    longest = re.search(r"ALIGNMENT_MAX_FRAMES (\d+)", (ear / "alignment.h").read_text())
    assert (float(slope[1]), int(longest[1])) == (SLOPE_NATS, 3 * LONGEST_STEPS)
    assert int(weight[1]) == NAT * VERIFIER_WEIGHT
    least = re.search(r"WAKE_WORD_LEAST_LOGIT \(-256 \* (\d+) / (\d+)\)", (ear / "wake_word.h").read_text())
    assert -int(least[1]) / int(least[2]) == LEAST_LOGIT_NATS
    most = re.search(r"WAKE_WORD_MOST_LOSS \(256 \* (\d+) / (\d+)\)", (ear / "wake_word.h").read_text())
    assert int(most[1]) / int(most[2]) == MOST_LOSS_NATS
    sure = re.search(r"WAKE_WORD_SURE_LOGIT \(256 \* (\d+)\)", (ear / "wake_word.h").read_text())
    assert int(sure[1]) == SURE_LOGIT_NATS
    pause = (ear / "pause.h").read_text()
    steps = {
        "": PAUSE_STEPS,
        "ONSET_": ONSET_STEPS + 1,
        "EARLIEST_": EARLIEST_STEPS + 1,
        "LATEST_": LATEST_STEPS,
    }
    for name, count in steps.items():
        assert int(re.search(rf"PAUSE_{name}FRAMES (\d+)", pause)[1]) == 3 * count
    assert int(re.search(r"PAUSE_DB (\d+)", pause)[1]) == PAUSE_DB
    assert int(re.search(r"PAUSE_ROOM_DB (\d+)", pause)[1]) == ROOM_DB
    assert int(re.search(r"PAST_LEVELS (\d+)", (ear / "past.h").read_text())[1]) == 3 * ROOM_STEPS
    wake_word = (ear / "wake_word.h").read_text()
    assert int(re.search(r"UNPAUSED_LOSS \(256 / (\d+)\)", wake_word)[1]) * UNPAUSED_NATS == 1
    assert int(re.search(r"MOST_UNPAUSED_LOSS \(256 \* (\d+)\)", wake_word)[1]) == MOST_UNPAUSED_NATS
    talk = re.search(r"WAKE_WORD_TALK_LOSS \(256 \* (\d+) / (\d+)\)", wake_word)
    assert int(talk[1]) / int(talk[2]) == TALK_NATS
    pieces = dict(re.findall(r"#define TALK_(\w+) (\d+)", (ear / "talk.h").read_text()))
    assert int(pieces["PIECE_FRAMES"]) == 3 * TALK_STEPS and int(pieces["DB"]) == TALK_DB
    assert (int(pieces["PIECES"]), int(pieces["LATEST_PIECES"])) == (TALK_PIECES, TALK_LATEST_PIECES)
