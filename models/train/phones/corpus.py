"""Feature shards as one flat store, on the GPU when there is one."""

from pathlib import Path

import numpy as np
import torch

from ..networks.shapes import STACK
from ..scenes.features import CHANNELS


class Corpus:
    def __init__(self, shards: list[Path], device: str):
        loaded = [np.load(shard) for shard in shards]
        self.device = device
        self.frames = torch.from_numpy(np.concatenate([s["frames"] for s in loaded])).to(device)
        counts = np.concatenate([s["frame_counts"] for s in loaded])
        phone_counts = np.concatenate([s["phone_counts"] for s in loaded])
        self.counts = torch.from_numpy(counts).to(device)
        self.starts = torch.from_numpy(np.cumsum(counts) - counts).to(device)
        self.phones = torch.from_numpy(np.concatenate([s["phones"] for s in loaded])).to(device)
        self.phone_counts = torch.from_numpy(phone_counts).to(device)
        self.phone_starts = torch.from_numpy(np.cumsum(phone_counts) - phone_counts).to(device)
        self.word_ends = torch.from_numpy(np.concatenate([s["word_ends"] for s in loaded])).to(device)

    def without(self, phones: list[int]) -> "Corpus":
        """Drops the rows in which these phones are said one after the other."""
        said, wanted = self.phones.cpu().numpy().tobytes(), bytes(phones)
        spans = zip(self.phone_starts.tolist(), self.phone_counts.tolist(), strict=True)
        kept = [row for row, (start, count) in enumerate(spans) if wanted not in said[start : start + count]]
        rows = torch.tensor(kept, dtype=torch.long, device=self.device)
        for name in ("counts", "starts", "phone_counts", "phone_starts", "word_ends"):
            setattr(self, name, getattr(self, name)[rows])
        return self

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def hours(self) -> float:
        return float(self.counts.sum()) / 360_000

    def window(self, rows: torch.Tensor, first: torch.Tensor, steps: int) -> torch.Tensor:
        """int8 [rows, steps, 120] from frame `first` of each row; past its end there is the lowest value."""
        offset = first[:, None] + torch.arange(steps * STACK, device=self.device)[None, :]
        inside = (offset >= 0) & (offset < self.counts[rows][:, None])
        index = (self.starts[rows][:, None] + offset).clamp(0, len(self.frames) - 1)
        frames = self.frames[index].masked_fill(~inside[:, :, None], -128)
        return frames.reshape(len(rows), steps, STACK * CHANNELS)

    def labels(self, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Phone labels [rows, longest] and their counts."""
        counts = self.phone_counts[rows]
        place = torch.arange(int(counts.max()), device=self.device)[None, :]
        index = (self.phone_starts[rows][:, None] + place).clamp(max=len(self.phones) - 1)
        return self.phones[index].long() * (place < counts[:, None]), counts
