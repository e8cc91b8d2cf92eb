"""How much of everything: a toy that runs through in minutes, a laptop's night, a GPU's half hour."""

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Settings:
    phone_synth_seconds: float
    tokens_a_batch: int
    batches_a_shard: int
    pool_size: int
    copies: int
    noise_minutes: float
    room_count: int
    phone_fit_seconds: float
    frames_a_batch: int
    people_copies: int
    peak: float = 3e-3  # of the learning rate
    tuning_peak: float = 8e-4  # the same, where training goes on from a model
    fit_seconds: float = 0.0  # of the model at hand
    workers: int = os.cpu_count() or 2


TOY = Settings(
    phone_synth_seconds=40,
    tokens_a_batch=160,
    batches_a_shard=2,
    pool_size=64,
    copies=3,
    noise_minutes=2,
    room_count=20,
    phone_fit_seconds=40,
    frames_a_batch=4_000,
    people_copies=4,
)
LAPTOP = replace(
    TOY,
    phone_synth_seconds=14_000,
    tokens_a_batch=400,
    batches_a_shard=4,
    pool_size=512,
    copies=6,
    noise_minutes=30,
    room_count=300,
    phone_fit_seconds=14_000,
    frames_a_batch=6_000,
    people_copies=24,
)
GPU = replace(
    LAPTOP,
    phone_synth_seconds=330,
    tokens_a_batch=4_096,
    pool_size=2_048,
    copies=8,
    noise_minutes=40,
    room_count=500,
    phone_fit_seconds=500,
    frames_a_batch=120_000,
    people_copies=40,
)
SCALES = {"toy": TOY, "laptop": LAPTOP, "gpu": GPU}


def settings_for(scale: str, *, synth_seconds: float | None, fit_seconds: float | None) -> Settings:
    """`synth_seconds` and `fit_seconds` override the scale's own where they are given."""
    settings = SCALES[scale]
    return replace(
        settings,
        phone_synth_seconds=synth_seconds or settings.phone_synth_seconds,
        fit_seconds=fit_seconds or settings.phone_fit_seconds,
    )
