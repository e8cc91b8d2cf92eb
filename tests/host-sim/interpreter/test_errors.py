"""A file that cannot run is refused with a typed error that names what is wrong."""

import itertools
from pathlib import Path

import numpy as np
import pymicro_wakeword
import pytest
from interpreter import (
    ARENA_TOO_SMALL,
    BAD_SHAPE,
    CORRUPT,
    NOT_A_MODEL,
    UNKNOWN_OPERATOR,
    Model,
    ModelError,
    interpreter_machine,
)
from tflite_file import OPERATOR, RESOURCE, TfliteFile

ALEXA = (Path(pymicro_wakeword.__file__).parent / "models" / "alexa.tflite").read_bytes()
QUANTISED = {"scale": 0.5, "zero": 3}


@pytest.fixture(params=["native", "wasm"])
def machine(request):
    return interpreter_machine(request.param)


def refusal(machine, data, arena_bytes=None):
    with pytest.raises(ModelError) as caught:
        Model(machine, data, arena_bytes)
    return caught.value


def one_operator(name, in_shape, out_shape, integers=(), options=None, kind="int8", **fields):
    net = TfliteFile()
    x = net.tensor(in_shape, kind, **QUANTISED)
    y = net.tensor(out_shape, kind, name="result", **QUANTISED)
    net.operator(name, [x, *(net.integers(v) for v in integers)], [y], options, **fields)
    return net.bytes([x], [y])


def conv(weights=(2, 3, 1, 4), out=(1, 3, 1, 2), weights_kind="int8", bias=2, **fields):
    net = TfliteFile()
    fields = {"padding": 1, "strideH": 1, "strideW": 1, **fields}
    x = net.tensor([1, 5, 1, 4], **QUANTISED)
    w = net.tensor(weights, weights_kind, scale=0.1, data=np.ones(weights), name="kernel")
    b = net.tensor([bias], "int32", scale=0.05, data=np.ones(bias), name="bias")
    y = net.tensor(out, name="result", **QUANTISED)
    net.operator("CONV_2D", [x, w, b], [y], "Conv2DOptions", **fields)
    return net.bytes([x], [y])


def custom_operator():
    net = TfliteFile()
    x, y = net.tensor([1], **QUANTISED), net.tensor([1], **QUANTISED)
    net.operator("CUSTOM", [x], [y])
    net.model.operatorCodes[0].customCode = "SpeechMagic"
    return net.bytes([x], [y])


def buffer_too_short():
    net = TfliteFile()
    x, y = net.tensor([2, 4], **QUANTISED), net.tensor([2, 3], **QUANTISED)
    w = net.tensor([3, 4], scale=0.1, data=np.ones(7), name="kernel")
    net.operator("FULLY_CONNECTED", [x, w], [y], "FullyConnectedOptions")
    return net.bytes([x], [y])


def reads_too_early():
    net = TfliteFile()
    x, a, b = (net.tensor([4], **QUANTISED) for _ in range(3))
    net.operator("RELU6", [a], [b])
    net.operator("RELU6", [x], [a])
    return net.bytes([x], [b])


def writes_twice():
    net = TfliteFile()
    x, a = (net.tensor([4], **QUANTISED) for _ in range(2))
    net.operator("RELU6", [x], [a])
    net.operator("RELU6", [x], [a])
    return net.bytes([x], [a])


def output_nobody_writes():
    net = TfliteFile()
    x, a, b = (net.tensor([4], **QUANTISED) for _ in range(3))
    net.operator("RELU6", [x], [a])
    return net.bytes([x], [b])


def tensor_that_is_not_there():
    net = TfliteFile()
    x, y = (net.tensor([4], **QUANTISED) for _ in range(2))
    net.operator("RELU6", [99], [y])
    return net.bytes([x], [y])


def call_once(target, inner_target=None):
    net = TfliteFile()
    x, y = (net.tensor([4], **QUANTISED) for _ in range(2))
    net.operator("CALL_ONCE", [], [], "CallOnceOptions", initSubgraphIndex=target)
    net.operator("RELU6", [x], [y])
    if inner_target is not None:
        net.with_subgraph()
        net.operator("CALL_ONCE", [], [], "CallOnceOptions", initSubgraphIndex=inner_target)
    return net.bytes([x], [y])


def variable(assigned_shape):
    net = TfliteFile()
    x, state = net.tensor([2, 2], **QUANTISED), net.tensor([1, 4], **QUANTISED)
    h = net.tensor([], RESOURCE)
    net.operator("VAR_HANDLE", [], [h], "VarHandleOptions", container="", sharedName="memory")
    net.operator("READ_VARIABLE", [h], [state])
    if assigned_shape is not None:
        value = net.tensor(assigned_shape, **QUANTISED)
        net.operator(
            "RESHAPE", [net.tensor(assigned_shape, data=np.ones(assigned_shape), **QUANTISED)], [value]
        )
        net.operator("ASSIGN_VARIABLE", [h, value], [])
    return net.bytes([x], [state])


def wrong_version():
    net = TfliteFile()
    net.model.version = 4
    return net.bytes([], [])


def foreign_options():
    net = TfliteFile()
    x, y = (net.tensor([1, 4, 4, 1], **QUANTISED) for _ in range(2))
    net.operator("MAX_POOL_2D", [x], [y], "Conv2DOptions")
    return net.bytes([x], [y])


REFUSED = {
    "an empty file": (b"", NOT_A_MODEL, "TFL3"),
    "a file of another kind": (b"RIFF....WAVEfmt " * 10, NOT_A_MODEL, "TFL3"),
    "a newer schema": (wrong_version(), NOT_A_MODEL, "version must be 3, not 4"),
    "only the identifier": (b"\x08\0\0\0TFL3", CORRUPT, "cut short"),
    "an operator it does not have": (
        one_operator("GATHER", [4], [4], [[0]]),
        UNKNOWN_OPERATOR,
        "GATHER (operator 0): unknown operator",
    ),
    "an operator from the future": (one_operator(999, [4], [4]), UNKNOWN_OPERATOR, "code 999"),
    "a custom operator": (custom_operator(), UNKNOWN_OPERATOR, "SpeechMagic"),
    "an output of the wrong shape": (
        conv(out=(1, 4, 1, 2)),
        BAD_SHAPE,
        "CONV_2D (operator 0): does not have the shape that follows from the input: tensor 3 result",
    ),
    "weights for other channels": (
        conv(weights=(2, 3, 1, 5)),
        BAD_SHAPE,
        "as many channels as the input: tensor 1 kernel",
    ),
    "a bias too long": (conv(bias=3), BAD_SHAPE, "one bias for each output channel: tensor 2 bias"),
    "weights of another type": (
        conv(weights_kind="int16"),
        BAD_SHAPE,
        "constant int8 weights: tensor 1 kernel",
    ),
    "a stride of zero": (conv(strideH=0), BAD_SHAPE, "stride must be at least 1, not 0"),
    "a dilation of zero": (conv(dilationWFactor=0), BAD_SHAPE, "dilation must be at least 1, not 0"),
    "a padding that does not exist": (conv(padding=2), BAD_SHAPE, "no such padding: 2"),
    "an activation that is not fused": (
        conv(fusedActivationFunction=4),
        BAD_SHAPE,
        "activation is not supported: 4",
    ),
    "a window wider than its input": (conv(dilationHFactor=3), BAD_SHAPE, "wider than the input"),
    "weights shorter than their shape": (
        buffer_too_short(),
        CORRUPT,
        "buffer that does not fit its shape: tensor 2 kernel",
    ),
    "an axis that is not there": (
        one_operator("MEAN", [2, 3], [2], [[2]], "ReducerOptions"),
        BAD_SHAPE,
        "MEAN (operator 0): no such axis: 2",
    ),
    "axes permuted twice": (
        one_operator("TRANSPOSE", [2, 2], [2, 2], [[1, 1]]),
        BAD_SHAPE,
        "no permutation: 1",
    ),
    "a negative padding": (one_operator("PAD", [3], [2], [[[-1, 0]]]), BAD_SHAPE, "less than 0 along axis 0"),
    "a slice with stride zero": (
        one_operator("STRIDED_SLICE", [3], [3], [[0], [3], [0]], "StridedSliceOptions"),
        BAD_SHAPE,
        "along axis 0",
    ),
    "an empty slice": (
        one_operator("STRIDED_SLICE", [3], [1], [[2], [1], [1]], "StridedSliceOptions"),
        BAD_SHAPE,
        "takes nothing",
    ),
    "a reshape that loses elements": (one_operator("RESHAPE", [6], [5]), BAD_SHAPE, "as many elements"),
    "floats within": (one_operator("RELU", [6], [6], kind="float32"), BAD_SHAPE, "must be int8"),
    "a leak of negative slope": (
        one_operator("LEAKY_RELU", [6], [6], (), "LeakyReluOptions", alpha=-0.5),
        BAD_SHAPE,
        "negative slope",
    ),
    "a softmax on another scale": (
        one_operator("SOFTMAX", [6], [6], (), "SoftmaxOptions", beta=1.0),
        BAD_SHAPE,
        "1/256",
    ),
    "options of another operator": (foreign_options(), CORRUPT, "options of another operator"),
    "a missing input": (one_operator("ADD", [6], [6]), BAD_SHAPE, "wrong number of inputs: 1"),
    "a read before the write": (reads_too_early(), BAD_SHAPE, "reads what nothing has written: tensor 1 t1"),
    "two writes of one tensor": (writes_twice(), BAD_SHAPE, "already written: tensor 1 t1"),
    "an output that nobody writes": (output_nobody_writes(), BAD_SHAPE, "nothing writes"),
    "a tensor that is not there": (
        tensor_that_is_not_there(),
        CORRUPT,
        "names a tensor that is not there: 99",
    ),
    "a call of the main subgraph": (call_once(0), CORRUPT, "CALL_ONCE of a subgraph that is not there: 0"),
    "a call of no subgraph": (call_once(5), CORRUPT, "CALL_ONCE of a subgraph that is not there: 5"),
    "an initialiser that calls itself": (call_once(1, 1), BAD_SHAPE, "must not stand in an initialiser"),
    "a variable that nothing assigns": (variable(None), BAD_SHAPE, "nothing assigns the variable memory"),
    "a variable of two sizes": (
        variable([5]),
        BAD_SHAPE,
        "ASSIGN_VARIABLE (operator 3): does not have the variable's size",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses(machine, what):
    data, status, words = REFUSED[what]
    error = refusal(machine, data)
    assert (error.status, words in error.detail) == (status, True), error.detail


def test_refuses_a_model_cut_short_anywhere(machine):
    for length in range(0, len(ALEXA), 997):
        assert refusal(machine, ALEXA[:length]).status in (NOT_A_MODEL, CORRUPT)


def test_says_how_much_arena_it_needs(machine):
    model = Model(machine, ALEXA)
    assert len(model.asked) <= 4
    enough = model.asked[-1]
    assert model.arena_used <= enough
    Model(machine, ALEXA, enough)
    for less in (enough - 16, enough // 2, 100):
        error = refusal(machine, ALEXA, less)
        assert error.status == ARENA_TOO_SMALL
        assert str(error.arena_bytes_needed) in error.detail
        assert less < error.arena_bytes_needed <= enough


def test_shares_memory_between_values_that_never_live_together(machine):
    """A chain of operators needs room for two values at a time, besides the input and the output."""

    def used(length):
        net = TfliteFile()
        chain = [net.tensor([4096], **QUANTISED) for _ in range(length)]
        for source, target in itertools.pairwise(chain):
            net.operator("RESHAPE", [source], [target])
        return Model(machine, net.bytes(chain[:1], chain[-1:])).arena_used

    assert used(20) - used(6) < 14 * 400  # tables only


def test_tells_inputs_and_outputs(machine):
    model = Model(machine, ALEXA)
    (source,), (target,) = model.inputs, model.outputs
    assert (source.type, source.shape, source.byte_length, source.zero_point) == (0, (1, 3, 40), 120, -128)
    assert (target.type, target.shape, target.byte_length, target.zero_point) == (1, (1, 1), 1, 0)
    assert source.scale == pytest.approx(0.101961, abs=1e-6)
    assert target.scale == 1 / 256


def test_every_operator_of_the_schema_has_its_name(machine):
    for name, code in vars(OPERATOR).items():
        if not name.startswith("_") and name != "CUSTOM":
            net = TfliteFile()
            net.operator(code, [], [])
            assert refusal(machine, net.bytes([], [])).detail.startswith(name)
