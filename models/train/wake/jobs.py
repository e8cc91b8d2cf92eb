"""How much is said, by which voices, to make a wake word and its development set."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class WakeJob:
    """`kind`: positives (the word), near (what sounds like it), talk or music (anything else)."""

    kind: str
    voice: str  # a synthesiser, people, actors or games; for development what ends in unheard
    prompts: int
    copies: int  # scenes of each saying
    share: float = 0.0  # of the positives in a batch

    def folder(self, name: str) -> str:
        return f"{self.kind}-{self.voice}" if self.is_for_all else f"{name}-{self.kind}-{self.voice}"

    @property
    def is_for_all(self) -> bool:
        """Whether words share it."""
        return self.kind in ("talk", "music")

    @property
    def is_development(self) -> bool:
        return self.voice.endswith("unheard")


@dataclass(frozen=True)
class WakeSettings:
    jobs: tuple[WakeJob, ...]
    noise_minutes: float
    room_count: int
    batches: int
    batch: int
    minings: int
    verifier_batches: int
    embedding_batches: int
    peak: float = 4e-3  # of the learning rate


LAPTOP = WakeSettings(
    jobs=(
        WakeJob("positives", "kokoro", 450, 8, 0.45),
        WakeJob("positives", "kokoro-unheard", 40, 4),
        WakeJob("positives", "joe-unheard", 150, 4),
        WakeJob("talk", "joe-unheard", 500, 1),
        WakeJob("talk", "hibari-unheard", 1_200, 1),
        WakeJob("talk", "flite-unheard", 1_200, 1),
        WakeJob("positives", "hibari", 1_600, 3, 0.22),
        WakeJob("positives", "hibari-accents", 1_200, 3, 0.13),
        WakeJob("near", "hibari", 2_500, 2),
        WakeJob("talk", "hibari", 9_000, 1),
        WakeJob("positives", "flite", 300, 4, 0.1),
        WakeJob("positives", "espeak", 600, 3, 0.1),
        WakeJob("near", "espeak", 500, 1),
        WakeJob("talk", "espeak", 1_000, 1),
        WakeJob("near", "flite", 500, 1),
        WakeJob("talk", "flite", 3_000, 1),
        WakeJob("talk", "people", 0, 3),  # as many as there are
        WakeJob("talk", "actors", 0, 3),
        WakeJob("talk", "actors-unheard", 0, 1),
        WakeJob("music", "games", 0, 2),
        WakeJob("music", "games-unheard", 0, 1),
    ),
    noise_minutes=12,
    room_count=200,
    batches=2_000,
    batch=192,
    minings=6,
    verifier_batches=4_000,
    embedding_batches=3_000,
)
TOY = replace(
    LAPTOP,
    jobs=(
        WakeJob("positives", "hibari", 60, 3, 0.6),
        WakeJob("positives", "joe-unheard", 6, 4),
        WakeJob("near", "hibari", 40, 2),
        WakeJob("talk", "hibari", 60, 1),
        WakeJob("talk", "joe-unheard", 6, 2),
        WakeJob("positives", "flite", 30, 3, 0.4),
    ),
    noise_minutes=2,
    room_count=8,
    batches=120,
    batch=64,
    minings=2,
    verifier_batches=200,
    embedding_batches=20,
)
SCALES = {"toy": TOY, "laptop": LAPTOP}
