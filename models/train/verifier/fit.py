"""Training of a verifier: from the embeddings of 1.64 s, how much they speak for the word, in nats."""

import copy

import torch
from torch import nn
from torch.nn import functional

from ..embedding.shape import NUMBERS
from ..networks.training import follow
from .shape import HIDDEN, WINDOW

DROPPED = 0.3
NOISE = 0.1  # of an embedding's deviation
BATCH, MININGS = 512, 7
PEAK = 1e-3  # of the learning rate
MIXTURE = {"positives": 0.3, "near": 0.12, "other": 0.13, "music": 0.05, "mined": 0.4}
WORTH_MINING = 0.02  # the least chance at which a place is shown more often


class Verifier(nn.Module):
    """Embeddings [rows, WINDOW, NUMBERS] as they are stored, in real numbers, to logits [rows]."""

    def __init__(self, mean: torch.Tensor, deviation: torch.Tensor):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        inputs = WINDOW * NUMBERS
        self.layers = nn.ModuleList(
            nn.Linear(a, b) for a, b in ((inputs, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, 1))
        )
        self.normals = nn.ModuleList(nn.BatchNorm1d(HIDDEN) for _ in range(2))

    def forward(self, embeddings: torch.Tensor) -> torch.Tensor:
        x = ((embeddings - self.mean) / self.deviation).flatten(1)
        for layer, normal in zip(self.layers, self.normals, strict=False):
            x = torch.relu(normal(layer(functional.dropout(x, DROPPED, self.training))))
        return self.layers[-1](x)[:, 0]


class Windows:
    """Embeddings of stretches without the word, int8 [rows, embeddings, NUMBERS]; which windows count."""

    def __init__(self, embeddings: torch.Tensor, counts: torch.Tensor):
        """`counts` [rows, embeddings]: whether the word is not said where the embedding ends."""
        self.embeddings = embeddings
        self.counts = counts[:, WINDOW - 1 :]
        self.rows, self.places = torch.nonzero(self.counts, as_tuple=True)

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        return self.embeddings[rows[:, None], places[:, None] + torch.arange(WINDOW)]

    def draw(self, count: int) -> torch.Tensor:
        index = torch.randint(len(self), (count,))
        return self.take(self.rows[index], self.places[index])

    @torch.no_grad()
    def logits(self, verifier: Verifier) -> torch.Tensor:
        """Of every window, [rows, windows]."""
        parts = []
        for part in self.embeddings.split(64):
            windows = part.unfold(1, WINDOW, 1).transpose(2, 3)
            parts.append(verifier(windows.flatten(0, 1).float()).view(windows.shape[:2]))
        return torch.cat(parts)


class Examples:
    """The word, and windows of everything else, the worst mistakes among them more often."""

    def __init__(
        self, positives: dict[str, torch.Tensor], shares: dict[str, float], others: dict[str, Windows]
    ):
        """`positives` by voice: int8 [rows, embeddings, NUMBERS], any WINDOW of them one after the other."""
        self.positives, self.others = torch.cat(list(positives.values())), others
        weights = [torch.full((len(rows),), shares[voice] / len(rows)) for voice, rows in positives.items()]
        self.weights = torch.cat(weights)
        self.mined: dict[str, tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = {}

    def batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Embeddings [BATCH, WINDOW, NUMBERS] and whether each is the word."""
        counts = {kind: round(BATCH * share) for kind, share in MIXTURE.items()}
        rows = torch.multinomial(self.weights, counts["positives"], replacement=True)
        first = torch.randint(self.positives.shape[1] - WINDOW + 1, (len(rows), 1))
        parts = [self.positives[rows[:, None], first + torch.arange(WINDOW)]]
        parts += [windows.draw(counts[kind]) for kind, windows in self.others.items()]
        total = sum(float(chances.sum()) for _, _, chances in self.mined.values())
        for kind, (rows, places, chances) in self.mined.items():
            count = round(counts["mined"] * float(chances.sum()) / total)
            if count:
                pick = torch.multinomial(chances, count, replacement=True)
                parts.append(self.others[kind].take(rows[pick], places[pick]))
        embeddings = torch.cat(parts)
        return embeddings.float(), (torch.arange(len(embeddings)) < counts["positives"]).float()

    def mine(self, verifier: Verifier) -> str:
        notes = []
        for kind, windows in self.others.items():
            chances = torch.sigmoid(windows.logits(verifier)) * windows.counts
            rows, places = torch.nonzero(chances > WORTH_MINING, as_tuple=True)
            self.mined[kind] = (rows, places, chances[rows, places])
            notes.append(f"{kind} {int((chances > 0.5).sum())}")
        return ", ".join(notes)


def fit(examples: Examples, batches: int, note=print) -> Verifier:
    """Weights averaged on the way; the same seed and data give the same on the same machine."""
    sample = torch.cat([windows.draw(4_000) for windows in examples.others.values()]).float()
    verifier = Verifier(sample.mean((0, 1)), sample.std((0, 1)))
    average = copy.deepcopy(verifier).eval().requires_grad_(False)
    optimiser = torch.optim.AdamW(verifier.parameters(), lr=PEAK, weight_decay=0.05)
    verifier.train()
    for step in range(1, batches + 1):
        for group in optimiser.param_groups:
            group["lr"] = PEAK * (1 - step / batches) + 1e-6
        embeddings, is_word = examples.batch()
        embeddings += NOISE * verifier.deviation * torch.randn_like(embeddings)
        loss = functional.binary_cross_entropy_with_logits(verifier(embeddings), is_word)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        follow(average, verifier, 1 - min(0.998, step / (step + 50)))
        if step % (batches // (MININGS + 1)) == 0 and step < batches:
            taken = examples.mine(average)
            note(f"batch {step} of {batches}, loss {loss.item():.4f}, windows taken for the word: {taken}")
    return average
