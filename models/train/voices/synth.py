"""Prompts to speech: batches by length, shard after shard of 16-bit samples, stopped by a deadline."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from ..words.prompts import Prompt
from .spoken import SAMPLE_RATE


def batches(prompts: Iterable[Prompt], tokens_a_batch: int, pool_size: int, rng) -> Iterator[list[Prompt]]:
    """Prompts of like length together; the batches of one pool in any order."""
    supply = iter(prompts)
    while pool := list(islice(supply, pool_size)):
        pool.sort(key=lambda prompt: len(prompt.tokens))
        cut = []
        while pool:
            count = max(1, tokens_a_batch // len(pool[-1].tokens))
            cut.append(pool[-count:])
            del pool[-count:]
        yield from (cut[index] for index in rng.permutation(len(cut)))


def synthesise(
    prompts: Iterable[Prompt],
    synthesiser,
    out: Path,
    seed: int,
    *,
    seconds: float,
    tokens_a_batch: int,
    batches_a_shard: int,
    pool_size: int,
) -> float:
    """Writes what `synthesiser.speak(prompts, rng)` gives to `out/NNNN.npz` until prompts or time run out,
    then `out/done`. Goes on after the shards that a stopped run left. Returns hours spoken now."""
    out.mkdir(parents=True, exist_ok=True)
    supply = batches(prompts, tokens_a_batch, pool_size, np.random.default_rng(seed))
    started, spoken_seconds, number = time.monotonic(), 0.0, -1
    while chosen := list(islice(supply, batches_a_shard)):
        number += 1
        path, rng = out / f"{number:04}.npz", np.random.default_rng([seed, number])
        if path.exists():
            continue
        shard = [pair for batch in chosen for pair in zip(batch, synthesiser.speak(batch, rng), strict=True)]
        save_shard(path, shard)
        spoken_seconds += sum(len(spoken.samples) for _, spoken in shard) / SAMPLE_RATE
        elapsed = time.monotonic() - started
        rate = spoken_seconds / elapsed
        print(f"{out.name}: {spoken_seconds / 3600:.2f} h spoken in {elapsed:.0f} s, {rate:.0f}x", flush=True)
        if elapsed > seconds:
            break
    (out / "done").touch()
    return spoken_seconds / 3600


def save_shard(path: Path, shard: list) -> None:
    samples = [np.clip(spoken.samples * 32767, -32768, 32767).astype(np.int16) for _, spoken in shard]
    marks = [spoken.ends[prompt.mark] if prompt.mark >= 0 else -1.0 for prompt, spoken in shard]
    partial = path.with_suffix(".part.npz")
    np.savez(
        partial,
        samples=np.concatenate(samples),
        sample_counts=np.array([len(s) for s in samples]),
        phones=np.concatenate([np.array(prompt.phones, np.uint8) for prompt, _ in shard]),
        phone_counts=np.array([len(prompt.phones) for prompt, _ in shard]),
        marks=np.array(marks, np.float32),
    )
    partial.rename(path)


def load_shard(path: Path) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Utterances of a shard: samples at 24 kHz, phone labels, second at which the wake word ends or -1."""
    shard = np.load(path)
    samples = np.split(shard["samples"], np.cumsum(shard["sample_counts"])[:-1])
    phones = np.split(shard["phones"], np.cumsum(shard["phone_counts"])[:-1])
    yield from zip(samples, phones, shard["marks"], strict=True)
