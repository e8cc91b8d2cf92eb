"""The decoder's search finds what a search without beam, graph or sharing finds: the best alignment of
each sentence, written out one by one, to the rows."""

import numpy as np
import pytest
from decoding import CLASSES, PHONES, Decoder, compiled, rows_of

WORDS = {"ma": "M AA", "am": "AA M", "mama": "M AA M AA", "no": "N OW", "on": "OW N", "so": "S OW"}
SENTENCES = ["ma", "mama ma", "am ma", "no on", "no so", "on ma so", "so mama", "so so so", "am am"]
LEAD_PHONE_LOSS, LEAD_MAX_PHONES, MAX_ROW_LOSS, NAT = 1024, 10, 2560, 256
FAR = 1 << 40
FOUND = 1


def row_losses(rows, scale):
    step = int(np.float32(scale) * np.float32(1 << 24))
    values = (rows.astype(np.int64) + 128) * step >> 16
    return np.minimum(values.max(axis=1, keepdims=True) - values, MAX_ROW_LOSS)


def lead_losses(losses):
    """What it costs to begin at each row."""
    best = losses.argmin(axis=1)
    heard = np.cumsum((best != 0) & (best != np.concatenate([[0], best[:-1]])))
    before = np.concatenate([[0], heard])
    return np.where(before <= LEAD_MAX_PHONES, before * LEAD_PHONE_LOSS, FAR)


def best_alignment(phones, losses, lead):
    """Viterbi over phone, blank, phone, blank …, entered at any row, ended at the last."""
    classes = [index for phone in phones for index in (PHONES.index(phone) + 1, 0)]
    here = [FAR] * len(classes)
    for row, row_loss in enumerate(losses):
        before, here = here, []
        for place, index in enumerate(classes):
            ways = [before[place]]
            if place == 0:
                ways.append(lead[row])
            else:
                ways.append(before[place - 1])
            if index != 0 and place >= 2 and classes[place - 2] != index:
                ways.append(before[place - 2])
            here.append(min(ways) + int(row_loss[index]))
    return min(here[-2:])


def test_agrees_with_a_search_over_all_sentences_written_out():
    says = "".join(f"say {word}: {phones}\n" for word, phones in WORDS.items())
    sentences = "".join(f"s{index}: {text}\n" for index, text in enumerate(SENTENCES))
    # What may stand around a sentence is what is a sentence's beginning or end already.
    graph = compiled(f"{says}say zz: ZH ZH ZH\nbefore = zz zz\nafter = zz zz\n{sentences}")
    random = np.random.default_rng(11)
    scale = 0.05
    decoder = Decoder("native", graph, scale=scale)
    compared = 0
    for trial in range(60):
        text = SENTENCES[trial % len(SENTENCES)]
        phones = " ".join(WORDS[word] for word in text.split())
        rows = rows_of(phones, random, noise=float(random.uniform(5, 30)), after=2)
        decoder.start()
        assert [decoder.step(row) for row in rows] == ["searching"] * len(rows)
        losses = row_losses(rows, scale)
        lead = lead_losses(losses)
        expected = {
            said: best_alignment(" ".join(WORDS[word] for word in said.split()).split(), losses, lead)
            for said in SENTENCES
        }
        found = decoder.call("loss")
        if min(expected.values()) > lead[-1]:
            continue  # the beam follows the better explanation: that nothing of it is a sentence
        assert found == min(expected.values())
        if decoder.call("finish") == FOUND:
            assert expected[decoder.words] == found
        compared += 1
    assert compared > 30


@pytest.mark.parametrize("logit", [-128, 127, 0])
def test_survives_rows_that_say_nothing(logit):
    decoder = Decoder("native", compiled("go: go [slowly]"))
    state, _ = decoder.decode(np.full((600, CLASSES), logit, dtype=np.int8))
    assert state != "found"
