"""Everything that has to be said for a wake word, several voices at a time."""

import random
import zlib
from itertools import islice
from pathlib import Path

from ..scenes.music import fetch_music, folder_of
from ..voices.side_by_side import side_by_side
from ..voices.spoken import load_vocabulary
from ..voices.synth import synthesise
from ..voices.voices import Voices
from ..words.prompts import make_prompt
from ..words.text import Writer, read_fragments
from .jobs import WakeJob
from .phrase import Phrase, learn
from .text import alone, near_misses, positives

SLOWEST_FIRST = ("kokoro", "joe", "games", "hibari", "people", "flite", "espeak")
TOKENS_A_BATCH = 400
READERS = ("flite", "espeak")  # of words; the others say phones
HELD_OUT = 5  # every fifth of Kokoro's voices speaks for the development set only


def speak_all(
    jobs: list[WakeJob], phrase: Phrase, sources: Path, speech: Path, seed: int, workers: int
) -> None:
    """Skips what is there; a stopped job goes on after its last shard."""
    due = [job for job in jobs if not (heard_in(job, phrase, sources, speech) / "done").exists()]
    due.sort(key=lambda job: (SLOWEST_FIRST.index(job.voice.split("-")[0]), -job.prompts))
    side_by_side([(speak, job, phrase, sources, speech, seed) for job in due], workers)


def heard_in(job: WakeJob, phrase: Phrase, sources: Path, speech: Path) -> Path:
    """The folder of its shards; music is the same for every seed."""
    is_music = job.kind == "music"
    return folder_of(sources, job.is_development) if is_music else speech / job.folder(phrase.name)


def speak(job: WakeJob, phrase: Phrase, sources: Path, speech: Path, seed: int) -> None:
    out = heard_in(job, phrase, sources, speech)
    if job.kind == "music":
        fetch_music(sources, job.is_development)
        return
    if job.voice == "people":
        from ..voices.foreign import write_people

        write_people(out)
        return
    for word in phrase.text.split():
        learn(word)  # in this process, too
    own_seed = zlib.crc32(f"{seed} {out.name}".encode())
    prompts = islice(prompts_of(job, phrase, sources, random.Random(own_seed)), job.prompts)
    synthesise(
        prompts,
        synthesiser(job.voice, sources),
        out,
        own_seed,
        seconds=float("inf"),
        tokens_a_batch=TOKENS_A_BATCH,
        batches_a_shard=2,
        pool_size=256,
    )


def prompts_of(job: WakeJob, phrase: Phrase, sources: Path, rng: random.Random):
    vocabulary, writer = (
        load_vocabulary(sources / "config.json"),
        Writer(read_fragments(sources / "text"), rng),
    )
    if job.kind == "positives":
        if not job.voice.startswith("hibari"):  # their words end where the sound ends
            return alone(phrase, vocabulary, rng)
        return positives(phrase, writer, vocabulary, rng, has_accent=job.voice == "hibari-accents")
    if job.kind == "near":
        near = near_misses(phrase, writer, vocabulary, rng)
        return (prompt for prompt in near if prompt.words or job.voice not in READERS)
    return (make_prompt(words, rng, vocabulary) for words in iter(writer.sentence, None) if words)


def synthesiser(voice: str, sources: Path):
    maker = voice.split("-")[0]
    if maker == "hibari":
        from ..voices.hibari import HibariSynthesiser

        return HibariSynthesiser()
    from ..voices.one_by_one import KokoroOneByOne, WithEnds

    if maker == "flite":
        from ..voices.flite import FliteSynthesiser

        return WithEnds(FliteSynthesiser())
    if maker == "espeak":
        from ..voices.espeak import EspeakSynthesiser

        return WithEnds(EspeakSynthesiser())
    if maker == "joe":
        from ..voices.joe import JoeSynthesiser

        return JoeSynthesiser(load_vocabulary(sources / "config.json"))
    is_unheard = voice == "kokoro-unheard"
    voices = Voices(sources / "voices.npz", lambda index: (index % HELD_OUT == 0) == is_unheard)
    return KokoroOneByOne(sources / "kokoro.onnx", voices)
