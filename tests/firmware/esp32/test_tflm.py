"""The chip's binding of TensorFlow Lite Micro against the laptop's interpreter: same bytes out, same states,
with the library's portable kernels. Where ESP_TFLITE_MICRO says where esp-tflite-micro is."""

import os
import re
from pathlib import Path

import numpy as np
import pymicro_wakeword
import pytest
from building import CHIP, ROOT
from interpreter import (
    ARENA_TOO_SMALL,
    CORRUPT,
    MISALIGNED,
    NOT_A_MODEL,
    UNKNOWN_OPERATOR,
    Model,
    ModelError,
    interpreter_machine,
)
from machines import NativeMachine

CHECKOUT = os.environ.get("ESP_TFLITE_MICRO")
pytestmark = pytest.mark.skipif(not CHECKOUT, reason="needs ESP_TFLITE_MICRO")
MODELS = [
    *sorted((Path(pymicro_wakeword.__file__).parent / "models").glob("*.tflite")),
    *sorted(ROOT.glob("models/**/*.tflite")),
]
FRAMES = 120


@pytest.fixture(scope="module")
def chip():
    """With every operator that it can have."""
    from tflm_library import build

    schema = (ROOT / "host-sim" / "interpreter" / "schema.h").read_text()
    used = re.findall(r"use\((\w+), ", (CHIP / "tflm.cpp").read_text())
    codes = dict(re.findall(r"OPERATOR_(\w+) = (\d+)", schema))
    return NativeMachine(build(CHECKOUT, [codes[name] for name in used]))


@pytest.fixture(scope="module")
def packed_chip():
    """As the firmware is built."""
    from tflm_library import build

    return NativeMachine(build(CHECKOUT))


def excited(model, seed):
    rng = np.random.default_rng(seed)
    shape = model.inputs[0].shape
    for _ in range(FRAMES):
        yield rng.integers(-128, 128, shape, dtype=np.int8)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_model_gives_the_bytes_that_it_gives_on_the_laptop(chip, path):
    data = path.read_bytes()
    on_chip, on_laptop = Model(chip, data), Model(interpreter_machine("native"), data)
    assert [tensor[:5] for tensor in on_chip.inputs + on_chip.outputs] == [
        tensor[:5] for tensor in on_laptop.inputs + on_laptop.outputs
    ]
    for frame in excited(on_chip, 1):
        np.testing.assert_array_equal(on_chip.invoke(frame), on_laptop.invoke(frame))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_reset_gives_what_a_new_model_gives(chip, path):
    data = path.read_bytes()
    used, new = Model(chip, data), Model(chip, data)
    for frame in excited(used, 2):
        used.invoke(frame)
    used.reset()
    for frame in excited(used, 3):
        np.testing.assert_array_equal(used.invoke(frame), new.invoke(frame))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_asks_once_for_its_arena_and_uses_nearly_all_of_it(chip, path):
    model = Model(chip, path.read_bytes())
    assert len(model.asked) == 1
    assert model.asked[0] * 0.85 <= model.arena_used <= model.asked[0]
    print(f"{path.stem}: arena {model.asked[0]} bytes with the portable kernels, 64-bit pointers")


def test_refuses_what_is_no_model_or_is_damaged(chip):
    data = MODELS[0].read_bytes()
    for broken, status in [(b"", NOT_A_MODEL), (b"x" * 100, NOT_A_MODEL), (data[:2000], CORRUPT)]:
        with pytest.raises(ModelError) as refusal:
            Model(chip, broken)
        assert refusal.value.status == status


def test_an_arena_too_small_says_how_large_it_must_be(chip):
    data = MODELS[0].read_bytes()
    needed = Model(chip, data).asked[0]
    with pytest.raises(ModelError) as refusal:
        Model(chip, data, arena_bytes=512)
    assert (refusal.value.status, refusal.value.arena_bytes_needed) == (ARENA_TOO_SMALL, needed)


def test_the_firmware_opens_what_is_packed_and_names_the_operator_that_another_model_lacks(packed_chip):
    for name in ("jarvis", "phones"):
        Model(packed_chip, (ROOT / f"models/{name}/{name}.tflite").read_bytes())
    with_split = next(path for path in MODELS if path.stem == "okay_nabu")
    with pytest.raises(ModelError, match=r"not built in; npm run pack .*: SPLIT_V$") as refusal:
        Model(packed_chip, with_split.read_bytes())
    assert refusal.value.status == UNKNOWN_OPERATOR


@pytest.mark.parametrize("offset", [0, 4, 8, 12])
def test_a_model_need_not_lie_where_more_than_four_bytes_are_aligned(chip, offset):
    data = MODELS[0].read_bytes()
    at_16, elsewhere = Model(chip, data), Model(chip, data, file_offset=offset)
    for frame in excited(at_16, 4):
        np.testing.assert_array_equal(at_16.invoke(frame), elsewhere.invoke(frame))


@pytest.mark.parametrize("offset", [1, 2, 3])
def test_a_model_that_cannot_be_read_in_place_is_refused(chip, offset):
    with pytest.raises(ModelError, match="must begin at a multiple of 4 bytes") as refusal:
        Model(chip, MODELS[0].read_bytes(), file_offset=offset)
    assert refusal.value.status == MISALIGNED
