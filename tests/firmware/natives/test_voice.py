"""The player of spoken clips: libsndfile decodes the same samples from them, on every machine they are joined
without a gap, and no damaged file does more than be refused or leave a clip out."""

import io
import struct
import subprocess

import numpy as np
import pytest
import soundfile
from compiling import ROOT, compiled
from machines import machine
from voice_packs import PACK, RATE, entries, packed

FOLDERS = ["firmware/natives/voice", "firmware/natives/checksum"]
KINDS = ["wasm", "native"]


def decoded_by_libsndfile(sound, samples):
    """As one block of a WAV file, which begins with a sample of its own."""
    block = struct.pack("<hBx", 0, 0) + sound + bytes(-len(sound) % 4)
    count = 2 * (len(block) - 4) + 1
    form = struct.pack("<HHIIHHHH", 0x11, 1, RATE, RATE, len(block), 4, 2, count)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"fact" + struct.pack("<II", 4, count)
    chunks += b"data" + struct.pack("<I", len(block)) + block
    file = io.BytesIO(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return soundfile.read(file, dtype="int16")[0][1 : samples + 1].astype(int)


class Voice:
    def __init__(self, kind, pack=PACK):
        self.machine = machine(kind, FOLDERS)
        self.bytes = self.machine.alloc(len(pack))
        self.machine.write(self.bytes, pack)
        self.pack = self.machine.alloc(64)
        self.is_open = self.machine.call("voice_pack_open", self.pack, self.bytes, len(pack))
        self.self = self.machine.alloc(self.machine.call("voice_bytes", returns="size"))
        self.samples = self.machine.alloc(2 * 48000 * 8)

    def begin(self, *clips, rate=RATE, volume=100):
        lines = "\n".join(clips).encode() + b"\0"
        address = self.machine.alloc(len(lines))
        self.machine.write(address, lines)
        return self.machine.call("voice_begin", self.self, self.pack, address, rate, volume)

    def render(self, count):
        got = self.machine.call("voice_render", self.self, self.samples, count, returns="size")
        return np.frombuffer(self.machine.read(self.samples, 2 * got), "<i2").astype(int)

    def whole(self, *clips, **options):
        assert self.begin(*clips, **options) == len(clips)
        return self.render(48000 * 8)


def test_what_it_says_is_what_libsndfile_decodes_joined_without_a_gap():
    known = entries()
    clips = ["timer set for", "ten", "minutes."]
    expected = np.concatenate([decoded_by_libsndfile(*known[clip]) for clip in clips])
    assert np.abs(expected).max() > 8000
    assert np.array_equal(Voice("native").whole(*clips), expected)
    assert np.array_equal(Voice("wasm").whole(*clips), expected)


def test_every_clip_that_ships_is_found_and_whole():
    known, voice = entries(), Voice("native")
    assert list(known) == sorted(known, key=str.encode)
    for clip, (sound, samples) in known.items():
        assert np.array_equal(voice.whole(clip), decoded_by_libsndfile(sound, samples)), clip


def test_every_clip_that_ships_is_evenly_loud_and_begins_and_ends_in_silence():
    for clip, coded in entries().items():
        samples = decoded_by_libsndfile(*coded)
        frames = samples[: len(samples) // 160 * 160].reshape(-1, 160)
        power = (frames.astype(float) ** 2).mean(1)
        loudness = 10 * np.log10(power[power > power.max() / 10**3.8].mean() / 32768**2)
        assert -23 < loudness < -18, (clip, loudness)
        assert np.abs(samples[:4]).max() < 200 and np.abs(samples[-4:]).max() < 200, clip
        assert 0.15 < len(samples) / RATE < 4.5, clip


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_of_any_size_are_the_same_as_the_whole(kind):
    rng = np.random.default_rng(2)
    whole = Voice("native").whole("it is", "six", "PM.", rate=48000, volume=70)
    voice = Voice(kind)
    assert voice.begin("it is", "six", "PM.", rate=48000, volume=70) == 3
    pieces = []
    while not pieces or len(pieces[-1]):
        pieces.append(voice.render(int(rng.integers(1, 3000))))
    assert np.array_equal(np.concatenate(pieces), whole)


@pytest.mark.parametrize("rate", [8000, 44100, 48000])
def test_sounds_the_same_at_any_rate(rate):
    at_its_own = Voice("native").whole("your home does not answer.")
    other = Voice("native").whole("your home does not answer.", rate=rate)
    assert abs(len(other) - len(at_its_own) * rate / RATE) < rate * 0.002
    low, high = (np.abs(np.fft.rfft(s / len(s), 8 * 48000))[:] for s in (at_its_own, other))
    hertz = [np.fft.rfftfreq(8 * 48000, 1 / r) for r in (RATE, rate)]
    bands = [
        [10 * np.log10((s[(h >= f) & (h < f * 1.5)] ** 2).mean() * r) for f in (200, 400, 800, 1500)]
        for s, h, r in ((low, hertz[0], RATE), (high, hertz[1], rate))
    ]
    assert np.abs(np.diff(bands, axis=0) - np.diff(bands, axis=0).mean()).max() < 1.0  # dB


@pytest.mark.parametrize("kind", KINDS)
def test_stops_within_five_milliseconds_without_a_click(kind):
    voice = Voice(kind)
    assert voice.begin("timer set for", "ten", "minutes.") == 3
    before = voice.render(4000)
    voice.machine.call("voice_stop", voice.self, returns="none")
    after = voice.render(RATE)
    assert len(after) == 5 * RATE // 1000
    assert np.abs(after[-8:]).max() <= np.abs(before[-400:]).max() / 8
    assert len(voice.render(10)) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_loudness_goes_with_the_square_of_the_volume(kind):
    loudest = [np.abs(Voice(kind).whole("noon.", volume=volume)).max() for volume in (0, 50, 100)]
    assert loudest[0] == 0
    assert abs(loudest[1] * 4 - loudest[2]) <= 8


def test_what_is_unknown_or_too_much_is_left_out():
    voice = Voice("native")
    assert voice.begin("it is", "nowhere", "no", "noon..", "", "noon.") == 2
    assert voice.begin("nowhere") == 0 and len(voice.render(10)) == 0
    assert voice.begin(*["one"] * 40) == 32
    for wrong in ({"rate": 7999}, {"rate": 48001}, {"volume": 101}, {"volume": -1}):
        assert voice.begin("noon.", **wrong) == 0 and len(voice.render(10)) == 0


def small():
    known = entries()
    return packed({clip: known[clip] for clip in ("minus", "oh", "one")})


def test_files_that_are_none_are_refused():
    good = small()
    assert Voice("native", good).is_open
    assert not Voice("native", b"\xff" * 4096).is_open
    assert not Voice("native", good[:-1]).is_open
    assert not Voice("native", good[:8] + b"\2" + good[9:]).is_open
    assert Voice("native", b"\xff" * 4096).begin("one") == 0


def test_a_damaged_clip_is_left_out_and_the_others_are_said():
    good = small()
    voice = Voice("native", good[:-3] + b"x" + good[-2:])
    assert voice.is_open and voice.begin("minus", "one", "oh") == 2


def test_no_broken_file_is_read_beyond_its_end(tmp_path):
    """Cut anywhere, and with any byte of its table changed with the checksum made right again."""
    path = tmp_path / "voice.bin"
    path.write_bytes(packed({"a": (b"\x17\x35\xf9", 5), "bc": (b"\x71", 2)}))
    sources = sorted(p for folder in FOLDERS for p in (ROOT / folder).glob("*.c"))
    headers = sorted(p for folder in FOLDERS for p in (ROOT / folder).glob("*.h"))
    flags = ["-std=c99", "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    program = compiled(
        "voice", ["cc", *flags], [*sources, ROOT / "tests/firmware/natives/voice_fuzz.c"], headers
    )
    done = subprocess.run([program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    opened, refused = map(int, done.stdout.split())
    assert opened > 0 and refused > 1000
