"""How much of everything: a toy that runs through in minutes, a laptop's night, a GPU's half hour."""

import os
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Settings:
    phone_synth_seconds: float
    wake_synth_seconds: float  # for each of Kokoro's jobs
    hibari_seconds: float  # for each of hibari's
    positives: int
    near_misses: int
    hibari_positives: int
    hibari_near_misses: int
    tokens_a_batch: int
    batches_a_shard: int
    pool_size: int
    copies: int
    wake_copies: int
    noise_minutes: float
    room_count: int
    phone_fit_seconds: float
    wake_fit_seconds: float
    frames_a_batch: int
    wake_batch: int
    held_out_rows: int
    fit_seconds: float = 0.0  # of the model at hand
    workers: int = os.cpu_count() or 2


TOY = Settings(
    phone_synth_seconds=40,
    wake_synth_seconds=25,
    hibari_seconds=10,
    positives=24,
    near_misses=24,
    hibari_positives=120,
    hibari_near_misses=120,
    tokens_a_batch=160,
    batches_a_shard=2,
    pool_size=64,
    copies=3,
    wake_copies=2,
    noise_minutes=2,
    room_count=20,
    phone_fit_seconds=40,
    wake_fit_seconds=20,
    frames_a_batch=4_000,
    wake_batch=48,
    held_out_rows=12,
)
LAPTOP = replace(
    TOY,
    phone_synth_seconds=14_000,
    wake_synth_seconds=600,
    hibari_seconds=300,
    positives=2_400,
    near_misses=3_000,
    hibari_positives=4_000,
    hibari_near_misses=4_000,
    tokens_a_batch=400,
    batches_a_shard=4,
    pool_size=512,
    copies=6,
    wake_copies=4,
    noise_minutes=30,
    room_count=300,
    phone_fit_seconds=14_000,
    wake_fit_seconds=1_800,
    frames_a_batch=40_000,
    wake_batch=192,
    held_out_rows=600,
)
GPU = replace(
    LAPTOP,
    phone_synth_seconds=330,
    wake_synth_seconds=40,
    hibari_seconds=120,
    positives=5_000,
    near_misses=9_000,
    tokens_a_batch=4_096,
    pool_size=2_048,
    copies=8,
    wake_copies=8,
    noise_minutes=40,
    room_count=500,
    phone_fit_seconds=500,
    wake_fit_seconds=150,
    frames_a_batch=120_000,
    wake_batch=768,
    held_out_rows=2_000,
)
SCALES = {"toy": TOY, "laptop": LAPTOP, "gpu": GPU}


def settings_for(
    scale: str, what: str, *, synth_seconds: float | None, fit_seconds: float | None
) -> Settings:
    """`synth_seconds` and `fit_seconds` override the scale's own where they are given."""
    settings = SCALES[scale]
    own_seconds = settings.phone_fit_seconds if what == "phones" else settings.wake_fit_seconds
    settings = replace(settings, fit_seconds=fit_seconds or own_seconds)
    if synth_seconds:
        settings = replace(
            settings,
            phone_synth_seconds=synth_seconds,
            wake_synth_seconds=synth_seconds,
            hibari_seconds=synth_seconds,
        )
    return settings
