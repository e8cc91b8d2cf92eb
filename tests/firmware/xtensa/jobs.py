"""What the natives do on each machine: the bundled recording through the shipped models, and random data with
fixed seeds."""

import json
import re
import struct
import wave
from functools import cache

import numpy as np
from decoding import compiled_file
from machines32 import ROOT, numbers, run, string
from resource_files import MODEL, resource_file
from voice_packs import entries, packed

RATE = 16000
CHANNELS = 40
CUTOFF_ONE = 65536
NAT = 256
MILLION = 1000000


@cache
def recording():
    with wave.open(str(ROOT / "host-sim/tools/replay/recordings/kitchen.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def two_seconds():
    """Of the recording, in which something is said: enough for 200 frames."""
    return recording()[3 * RATE : 5 * RATE + 320]


@cache
def loud_and_faint():
    """Sounds for which integers overflow if they can: noise at every level, clipping, impulses."""
    random = np.random.default_rng(20260103)
    noise = [random.normal(0, level, RATE // 2) for level in (0.4, 1, 30, 1000, 8000, 40000, 400000)]
    square = np.where(np.arange(RATE) // 40 % 2, 32767, -32768)
    signs = random.choice([-32768, 32767], RATE)
    return np.clip(np.rint(np.concatenate([*noise, square, signs, np.zeros(RATE)])), -32768, 32767).astype(
        "<i2"
    )


@cache
def frames():
    """Of the recording, made by this laptop."""
    return np.frombuffer(run("x86-64", "features", string(recording().tobytes())), "<u2").reshape(
        -1, CHANNELS
    )


@cache
def model(name):
    folder = ROOT / "models" / name
    manifest = json.loads((folder / "model.json").read_text())
    return (folder / manifest["model"]).read_bytes(), manifest


def phone_features(manifest):
    """Their number in ear.h."""
    return ["noise-reduced", "plain"].index(manifest.get("features", "noise-reduced"))


def features_job(samples):
    return string(samples.tobytes())


def wake_word_job(name, count=None):
    file, manifest = model(name)
    window = manifest["micro"]["sliding_window_size"]
    return string(file) + numbers(window) + string(frames()[:count].tobytes())


def phones_job(samples):
    file, about = model("phones")
    return string(file) + numbers(phone_features(about)) + string(samples.tobytes())


@cache
def graph():
    return compiled_file(ROOT / "models" / "home" / "home.grammar")


def in_millionths(number):
    return round(number * MILLION)


def decoder_job():
    """The home commands searched in what the phone model makes of the whole recording."""
    manifest = model("phones")[1]
    logits = run("x86-64", "phones", phones_job(recording()))
    return string(graph()) + numbers(100_000, in_millionths(manifest.get("blankPenalty", 0))) + string(logits)


def pronunciation_bytes(pronunciations, phones):
    """As alignment.h wants them: a phone's class, others for its place with 0x80 added, 0 at the end."""
    data = bytearray()
    for pronunciation in pronunciations:
        for place in pronunciation:
            first, *others = [phones.index(name) + 1 for name in re.split(r"\|", place)]
            data += bytes([first, *(0x80 | other for other in others)])
        data.append(0)
    return bytes(data)


def whole_job(seconds):
    """The bundled recording's beginning to the ear: jarvis with a word verifier, and the home commands."""
    wake, about_wake = model("jarvis")
    phones, about_phones = model("phones")
    look = about_wake.get("earshot", {}).get("secondLook", {})
    pronunciations = about_wake.get("earshot", {}).get("pronunciations", [])
    micro = about_wake["micro"]
    cutoff = round(micro["probability_cutoff"] * CUTOFF_ONE)
    return (
        string(wake)
        + numbers(cutoff, micro["sliding_window_size"])
        + numbers(round(look.get("probability_cutoff", micro["probability_cutoff"]) * CUTOFF_ONE))
        + numbers(int(look.get("loss_nats", 2) * NAT), int(look.get("unsure_loss_nats", 4.5) * NAT))
        + string(pronunciation_bytes(pronunciations, about_phones["phones"]))
        + string(model("embedding")[0])
        + string((ROOT / "tests" / "fixtures" / "word-verifier.tflite").read_bytes())
        + string(phones)
        + numbers(in_millionths(about_phones.get("blankPenalty", 0)), about_phones.get("lookAheadMs", 0))
        + numbers(phone_features(about_phones))
        + string(graph())
        + string(recording()[: seconds * RATE].tobytes())
    )


def ring_job(pictures, pixels=None):
    """Random pictures on random rings; with `pixels`, on the reference board's ring."""
    random = np.random.default_rng(20260104)
    job = b""
    for _ in range(pictures):
        count = pixels or int(random.integers(1, 60))
        settings = (0, 2, count, 0, 0, 100, 500_000, 12_000, 600)
        if not pixels:
            led, order, first = (int(random.integers(most)) for most in (3, 6, count))
            limit, channel = int(random.choice([0, 50_000, 16_000_000])), int(random.choice([1, 12_000]))
            gamma, brightness = int(random.integers(2)), int(random.integers(101))
            settings = (led, order, count, first, gamma, brightness, limit, channel, 600)
        job += numbers(*settings) + string(random.integers(0, 256, 3 * count, dtype=np.uint8))
    return job


def mic_job(bytes_each=9600):
    """Noise with an offset over the bus, in every format."""
    random = np.random.default_rng(20260105)
    job = b""
    for bits, channels in ((16, 1), (16, 2), (32, 1), (32, 2)):
        size = bits // 8
        level = 2 ** (bits - 4)
        noise = random.normal(level / 3, level, bytes_each // size)
        bus = np.clip(np.rint(noise), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1).astype(f"<i{size}")
        for channel in range(3):
            for gain, keep_offset in ((0, 0), (3, 0), (8, 1)):
                job += numbers(bits, channels, channel, gain, keep_offset) + string(bus.tobytes())
    return job


def wav(samples, rate=RATE, before=b""):
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    data = samples.tobytes()
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + before + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def clip_job():
    """Recordings as they are found, with a chunk of odd length that nobody knows, and broken ones."""
    said = recording()[: 2 * RATE]
    odd = wav(said, before=b"LIST" + struct.pack("<I", 3) + b"abc\0")
    broken = [wav(said, rate=8000), wav(said)[:-1], wav(said)[:30], b"RIFF", wav(said[:0])]
    return b"".join(string(file) for file in (wav(said), odd, *broken))


def health_job(seconds=12):
    """A room, a microphone that has died, the room again, and a data line that hangs in the air."""
    random = np.random.default_rng(20260106)
    room = recording()[: 3 * RATE]
    dead = np.full(seconds * RATE, -17, "<i2")
    hanging = random.integers(-20000, 20000, seconds * RATE).astype("<i2")
    return b"".join(string(sound.tobytes()) for sound in (room, dead, room, hanging))


def resources_job(attempts, model_bytes):
    return numbers(7, attempts) + string(resource_file([("a.tflite", MODEL, bytes(model_bytes))]))


def voice_job(rate, volume=50):
    """Two clips that ship, joined."""
    clips = dict(sorted(entries().items())[:2])
    return numbers(rate, volume) + string(("\n".join(clips) + "\0").encode()) + string(packed(clips))
