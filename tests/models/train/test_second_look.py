"""The second look of training, in floats, beside the speaker's own."""

import numpy as np
import pytest
from train.wake.second_look import (
    LEAST_LOGIT_NATS,
    MOST_LOSS_NATS,
    MOST_UNPAUSED_NATS,
    SURE_LOGIT_NATS,
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


def test_wakes_where_the_speaker_does():
    from machines import EAR_FOLDERS, machine

    finds, rng, woke = machine("native", EAR_FOLDERS), np.random.default_rng(5), 0
    for _ in range(2000):
        peak, talk = int(rng.integers(65537)), int(rng.integers(257))
        loss, logit, look_loss = (int(rng.integers(*of)) for of in ((0, 1300), (-1100, 2600), (100, 1300)))
        unsure = int(rng.integers(500, 1153))
        said = finds.call("second_look_finds", peak, loss, logit, talk, look_loss, unsure)
        means, ends, logits = (np.full((1, 1), of) for of in (peak / 65536, loss / NAT, logit / NAT))
        score = look_scores(means, ends, -1, logits, unsure / NAT, talk / 256)[0, 0]
        margin = score + look_loss / NAT
        assert (margin >= 0) == said or abs(margin) < 4 / NAT  # the natives round each summand
        woke += said
    assert 200 < woke < 1800
