"""Where a wake word wakes: points chosen on the development set, as far as that can tell."""

import numpy as np

from .manifest import Point
from .measure import Development, Measured

# False wakes an hour of the development set's talk and music, which tempt about twice as much as real speech,
# by the wake model alone.
FALSE_AN_HOUR = {"low": 2, "normal": 6, "high": 15}
# With a second look: how many percent of the words one false wake an hour is worth.
WORTH = {"low": 40, "normal": 12, "high": 4}
# The few hours of a development set cannot tell a word that wakes falsely once in five hours from one that
# never does. So what words usually do counts like so many hours more: where a phone may lose so many nats
# they wake falsely so often, and e times as often for each nat more. In 18.9 h of the talk of
# `models:train -- negatives` each, "computer", "jarvis" and "snowboy" wake 2, 3, 9 and 11 times together at
# 2, 2.5, 3 and 3.5 nats, by `wake:look`.
USUAL_HOURS = 20
USUAL_AN_HOUR, USUAL_LOSS_NATS, USUAL_GROWTH_NATS = 0.2, 3.5, 1.0
WINDOWS = (3, 5, 7)  # steps that the spotter may average
LOOK_CUTOFFS = [step / 20 for step in range(2, 13)]
LOOK_LOSSES_NATS = [step / 20 for step in range(91)]
# How far low and high are from normal, at least: a third fewer false wakes, by what is usual, or half more.
APART_NATS = 0.4
LOWEST_CUTOFF = 0.1


def best_alone(development: Development) -> Measured:
    """At the window that misses least."""

    def missed(measured: Measured) -> int:
        return measured.missed(lowest_cutoff(measured, FALSE_AN_HOUR["normal"]))[0]

    return min((development.alone(window) for window in WINDOWS), key=missed)


def choose(alone: Measured, looks: dict[float, Measured]) -> dict[str, Point]:
    """For each sensitivity: by itself the lowest cutoff that wakes falsely no more often than it may; with a
    second look what is worth most, with `low` and `high` apart from `normal` whatever that costs."""
    _, normal_nats = best_look(looks, WORTH["normal"], LOOK_LOSSES_NATS)
    losses_nats = {
        "low": [loss for loss in LOOK_LOSSES_NATS if round(normal_nats - loss, 2) >= APART_NATS],
        "normal": [normal_nats],
        "high": [loss for loss in LOOK_LOSSES_NATS if round(loss - normal_nats, 2) >= APART_NATS],
    }
    return {
        name: Point(
            lowest_cutoff(alone, rate),
            *best_look(looks, WORTH[name], losses_nats[name] or [normal_nats]),
            alone.window,
        )
        for name, rate in FALSE_AN_HOUR.items()
    }


def highest_cutoff(measured: Measured, most_missed: int) -> float:
    """With which no more is missed."""
    cutoffs = [step / 256 for step in range(1, 256)]
    return max((c for c in cutoffs if measured.missed(c)[0] <= most_missed), default=cutoffs[0])


def fewest_false(look: Measured, most_missed: int) -> int:
    """With which no more is missed, by any loss."""
    losses = [loss for loss in LOOK_LOSSES_NATS if look.missed(-loss)[0] <= most_missed]
    return min((sum(look.woken(-loss).values()) for loss in losses), default=0)


def lowest_cutoff(measured: Measured, rate: float) -> float:
    allowed = rate * sum(measured.hours.values())
    for step in range(round(LOWEST_CUTOFF * 256), 256):
        if sum(measured.woken(step / 256).values()) <= allowed:
            return step / 256
    return 255 / 256


def best_look(looks: dict[float, Measured], worth: float, losses_nats: list[float]) -> tuple[float, float]:
    """The cutoff from which on to look, and which of `losses_nats` a phone may lose."""

    def cost(point: tuple[float, float]) -> tuple[float, float, float]:
        cutoff, loss_nats = point
        missed, scenes = looks[cutoff].missed(-loss_nats)
        return 100 * missed / scenes + worth * false_an_hour(looks[cutoff], loss_nats), loss_nats, -cutoff

    return min(((cutoff, loss_nats) for cutoff in looks for loss_nats in losses_nats), key=cost)


def false_an_hour(look: Measured, loss_nats: float) -> float:
    """How often it would wake falsely, by what it did and what is usual."""
    usual = USUAL_AN_HOUR * np.exp((loss_nats - USUAL_LOSS_NATS) / USUAL_GROWTH_NATS)
    woken, hours = sum(look.woken(-loss_nats).values()), sum(look.hours.values())
    return (usual * USUAL_HOURS + woken) / (USUAL_HOURS + hours)
