"""Speech shards to feature shards, on every core, while speech is still being made."""

import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from ..scenes.augment import Surroundings, at_16_khz, heard
from ..scenes.features import HOP_SAMPLES, SAMPLE_RATE
from ..scenes.noises import load_recorded, noise_pool
from ..scenes.rooms import rooms
from ..voices.synth import load_shard

_around: Surroundings | None = None


def _augment_shard(job: tuple[Path, Path, int, int, float]) -> int:
    source, out, copies, seed, keep_lead = job
    rng = np.random.default_rng([seed, int(source.stem)])
    spoken = list(load_shard(source))
    frames, labels, word_ends = [], [], []
    for _ in range(copies):
        for samples, phones, mark in spoken:
            before = spoken[rng.integers(len(spoken))][0] if rng.random() < 0.15 else None
            made, start, ratio = heard(samples, before, _around, rng, keep_lead)
            frames.append(made)
            labels.append(phones)
            end = start + mark * ratio * SAMPLE_RATE / HOP_SAMPLES if mark >= 0 else -1
            word_ends.append(round(float(end)))
    partial = out.with_suffix(".part.npz")
    np.savez(
        partial,
        frames=np.concatenate(frames),
        frame_counts=np.array([len(f) for f in frames]),
        phones=np.concatenate(labels),
        phone_counts=np.array([len(p) for p in labels]),
        word_ends=np.array(word_ends),
    )
    partial.rename(out)
    return len(frames)


def augment(
    speech: Path,
    out: Path,
    recorded_noise: Path,
    seed: int,
    *,
    copies: int,
    keep_lead: float,
    workers: int,
    noise_minutes: float,
    room_count: int,
) -> None:
    """Follows `speech` until its `done` mark and every shard is turned into `out/NNNN.npz`."""
    global _around
    out.mkdir(parents=True, exist_ok=True)
    while not (first := sorted(speech.glob("????.npz"))):
        time.sleep(0.5)
    clean = [at_16_khz(samples, None)[0] for samples, _, _ in load_shard(first[0])][:200]
    places, recorded = rooms(room_count, seed), load_recorded(recorded_noise)
    _around = Surroundings(places, noise_pool(noise_minutes, clean, seed, recorded, places))
    print(f"{out.name}: {len(_around.noises)} stretches of noise, {len(_around.rooms)} rooms", flush=True)
    with get_context("fork").Pool(workers) as pool:
        pending, known = {}, set()
        while True:
            finished = (speech / "done").exists()
            for source in sorted(speech.glob("????.npz")):
                target = out / source.name
                if source.name not in known and not target.exists():
                    job = (source, target, copies, seed, keep_lead)
                    pending[source.name] = pool.apply_async(_augment_shard, (job,))
                known.add(source.name)
            for name in [name for name, result in pending.items() if result.ready()]:
                pending.pop(name).get()
            print(f"{out.name}: {len(known) - len(pending)} of {len(known)} shards", flush=True)
            if finished and not pending:
                break
            time.sleep(2)
    (out / "done").touch()
