"""The portable natives give the same bytes on this laptop, on 32-bit x86, in the 32-bit XS host and on
emulated 32-bit Xtensa."""

import json
import re

import jobs
import machines32
import numpy as np
import pytest
from machines32 import numbers, run

needs_x86_32 = pytest.mark.skipif(
    not machines32.has_x86_32(), reason="no 32-bit C library here: Debian's gcc-multilib has it"
)
MACHINES = [
    pytest.param("x86-32", marks=needs_x86_32),
    pytest.param("xs-32", marks=needs_x86_32),
    pytest.param(
        "xtensa",
        marks=pytest.mark.skipif(
            not machines32.has_xtensa(),
            reason="no Xtensa here: Debian's gcc-xtensa-lx106 and qemu-user are needed",
        ),
    ),
]
WHOLE_SECONDS = 12

each_machine = pytest.mark.parametrize("machine", MACHINES)


def both(machine, driver, job):
    """The laptop's answer, after the machine's was found equal."""
    answer = run("x86-64", driver, job)
    assert run(machine, driver, job) == answer
    return answer


def test_no_native_is_left_out():
    folders = {path.parent.name for path in (machines32.ROOT / "firmware" / "natives").glob("*/*.c")}
    assert set(machines32.NATIVES) == folders


@each_machine
def test_features_of_the_bundled_recording(machine):
    frames = both(machine, "features", jobs.features_job(jobs.recording()))
    assert len(frames) == 80 * (len(jobs.recording()) // 160 - 2)


@each_machine
def test_features_of_loud_and_faint_sounds(machine):
    frames = np.frombuffer(both(machine, "features", jobs.features_job(jobs.loud_and_faint())), "<u2")
    assert frames.max() > 500
    assert frames.min() == 0


@each_machine
def test_mel_spectra_of_loud_and_faint_sounds(machine):
    bands = np.frombuffer(both(machine, "mel", jobs.features_job(jobs.loud_and_faint())), np.int8)
    assert len(bands) == 32 * (len(jobs.loud_and_faint()) // 160 - 2)
    assert bands.max() > 40
    assert bands.min() == -64


@each_machine
def test_plain_channels_at_a_held_level_of_loud_and_faint_sounds(machine):
    inputs = np.frombuffer(both(machine, "plain", jobs.features_job(jobs.loud_and_faint())), np.int8)
    assert len(inputs) == 40 * (len(jobs.loud_and_faint()) // 160 - 2)
    assert inputs.max() > 40
    assert inputs.min() == -128


@each_machine
def test_the_wake_words_quantizer_network_and_spotter(machine):
    answer = both(machine, "wake_word", jobs.wake_word_job("jarvis", 2000))
    means = np.frombuffer(answer, np.dtype([("mean", "<i4"), ("last", "u1")]))["mean"]
    assert means.max() > 20000  # it was said


@each_machine
def test_the_phone_models_logits(machine):
    logits = np.frombuffer(both(machine, "phones", jobs.phones_job(jobs.two_seconds())), np.int8)
    assert len(logits) >= 60 * 40
    assert len(np.unique(logits)) > 50


@each_machine
def test_the_decoder_on_the_phone_models_logits(machine):
    assert b"timer" in both(machine, "decoder", jobs.decoder_job())


@each_machine
def test_the_whole_ear_from_samples_to_events(machine):
    texts = both(machine, "whole", jobs.whole_job(WHOLE_SECONDS)).decode().splitlines()
    types = [json.loads(text)["type"] for text in texts]
    assert "wakeWordHeard" in types
    assert any('"verifier":' in text for text in texts)
    assert "commandHeard" in types


@each_machine
def test_the_microphones_samples(machine):
    samples = np.frombuffer(both(machine, "mic", jobs.mic_job()), "<i2")
    assert len(samples) > 50000
    assert samples.min() == -32768
    assert samples.max() == 32767


@each_machine
def test_a_clip_in_the_microphones_place(machine):
    answer = both(machine, "clip", jobs.clip_job())
    said = jobs.recording()[: 2 * jobs.RATE].tobytes()
    assert answer[: 2 * len(said) + 2] == said + b"\n" + said + b"\n"
    assert answer[2 * len(said) + 2 :].decode().splitlines() == [
        "the clip must be 16 kHz, mono, 16 bits",
        "the clip has no samples, or is cut short",
        "the clip has no format",
        "the clip is no WAV file",
        "",
    ]


@each_machine
def test_a_microphone_that_has_died_or_hangs_in_the_air(machine):
    told = np.frombuffer(both(machine, "health", jobs.health_job()), "<u4").reshape(-1, 2)
    still, noise = 1, 2
    assert told[:, 1].tolist() == [still, noise]


@each_machine
def test_the_rings_wire(machine):
    assert len(both(machine, "ring", jobs.ring_job(500))) > 10000


@each_machine
@pytest.mark.parametrize("rate", [16000, 44100])
def test_the_cues(machine, rate):
    samples = np.frombuffer(both(machine, "cues", numbers(rate, 80)), "<i2")
    assert np.abs(samples.astype(int)).max() > 1000


@each_machine
@pytest.mark.parametrize("rate", [16000, 44100])
def test_the_voice(machine, rate):
    samples = np.frombuffer(both(machine, "voice", jobs.voice_job(rate)), "<i2")
    assert len(samples) > rate / 4
    assert np.abs(samples.astype(int)).max() > 1000


@each_machine
def test_the_queue(machine):
    assert len(both(machine, "queue", numbers(7, 1024, 5000))) > 50000


@each_machine
def test_the_mute_protocol(machine):
    lines = np.frombuffer(both(machine, "mute", numbers(7, 20000)), np.uint8).reshape(-1, 4)
    verdicts = lines[:, 0]
    assert set(verdicts) == {0, 1, 2, 3}
    assert set(lines[verdicts != 0, 1]) == {0}  # zeroed
    assert set(lines[verdicts == 0, 1]) == {0x55}


@each_machine
def test_files_of_resources(machine):
    said = both(machine, "resources", jobs.resources_job(300, 200)).decode().split("\0")
    assert (said[0], said[-1]) == ("a.tflite", "")
    assert {re.sub(r"format is \d+", "format is another", line) for line in said[1:-1]} == {
        "a.tflite is damaged",
        "its header is damaged",
        "its header or its table of contents is damaged",
        "nothing is there that begins with EARSHOTR",
        "it is cut within its table of contents",
        "its format is another; this firmware reads 1",
    }
