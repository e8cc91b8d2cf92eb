"""Writes TensorFlow Lite files operator by operator, with the schema that the `tflite-micro` package carries.

Writing the file directly keeps every scale exactly as it was chosen, and equal weights give equal bytes.
"""

from dataclasses import dataclass

import flatbuffers
import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

VERSIONS = {
    "CONV_2D": 3,
    "LEAKY_RELU": 2,
    "MAX_POOL_2D": 2,
    "PAD": 2,
    "DEPTHWISE_CONV_2D": 3,
    "CONCATENATION": 2,
    "STRIDED_SLICE": 2,
    "ADD": 2,
    "LOGISTIC": 2,
    "FULLY_CONNECTED": 4,
}
OPTIONS = {"CONV_2D": "Conv2D", "DEPTHWISE_CONV_2D": "DepthwiseConv2D", "MAX_POOL_2D": "Pool2D"}
TYPES = {
    np.dtype(np.int8): schema.TensorType.INT8,
    np.dtype(np.uint8): schema.TensorType.UINT8,
    np.dtype(np.int32): schema.TensorType.INT32,
}


@dataclass(frozen=True)
class Quantised:
    """real = scale · (stored - zero_point); several scales run along one axis."""

    scale: tuple[float, ...]
    zero_point: int = 0
    axis: int = 0


class Graph:
    """One subgraph under construction; tensors are known by their index."""

    def __init__(self, file: "ModelFile", name: str):
        self.file, self.made = file, schema.SubGraphT()
        self.made.name, self.made.tensors, self.made.operators = name, [], []
        self.made.inputs, self.made.outputs = [], []

    def tensor(
        self, name: str, shape, kind, quantised: Quantised | None = None, values: np.ndarray | None = None
    ) -> int:
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type = name, list(shape), kind
        tensor.buffer = self.file.buffer(values)
        tensor.hasRank = True
        if quantised:
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale = [np.float32(s) for s in quantised.scale]
            tensor.quantization.zeroPoint = [quantised.zero_point] * len(quantised.scale)
            tensor.quantization.quantizedDimension = quantised.axis
        self.made.tensors.append(tensor)
        return len(self.made.tensors) - 1

    def constant(self, name: str, values: np.ndarray, quantised: Quantised | None = None) -> int:
        return self.tensor(name, values.shape, TYPES[values.dtype], quantised, values)

    def activation(self, name: str, shape, quantised: Quantised, kind=schema.TensorType.INT8) -> int:
        return self.tensor(name, shape, kind, quantised)

    def shape_of(self, tensor: int) -> list[int]:
        return self.made.tensors[tensor].shape

    def operator(self, name: str, inputs: list[int], outputs: list[int], **options) -> None:
        operator = schema.OperatorT()
        operator.opcodeIndex = self.file.operator_code(name)
        operator.inputs, operator.outputs = inputs, outputs
        if options:
            camel = OPTIONS.get(name, name.title().replace("_", ""))
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, f"{camel}Options")
            operator.builtinOptions = getattr(schema, f"{camel}OptionsT")()
            for key, value in options.items():
                setattr(operator.builtinOptions, key, value)
        self.made.operators.append(operator)

    def variable(self, name: str) -> int:
        handle = self.tensor(name, [], schema.TensorType.RESOURCE)
        self.operator("VAR_HANDLE", [], [handle], container="", sharedName=name)
        return handle


class ModelFile:
    def __init__(self, description: str, has_state: bool = True):
        self.model = schema.ModelT()
        self.model.version, self.model.description = 3, description
        self.model.operatorCodes, self.model.subgraphs = [], []
        self.model.buffers = [schema.BufferT()]  # buffer 0 is empty by the format's rule
        self.main, self.start = Graph(self, "main"), Graph(self, "start")
        self.has_state = has_state
        if has_state:
            self.main.operator("CALL_ONCE", [], [], initSubgraphIndex=1)

    def buffer(self, values: np.ndarray | None) -> int:
        if values is None:
            return 0
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
        self.model.buffers.append(buffer)
        return len(self.model.buffers) - 1

    def operator_code(self, name: str) -> int:
        builtin = getattr(schema.BuiltinOperator, name)
        for index, code in enumerate(self.model.operatorCodes):
            if code.builtinCode == builtin:
                return index
        code = schema.OperatorCodeT()
        code.builtinCode, code.deprecatedBuiltinCode = builtin, min(builtin, 127)
        code.version = VERSIONS.get(name, 1)
        self.model.operatorCodes.append(code)
        return len(self.model.operatorCodes) - 1

    def state(self, name: str, at_start: np.ndarray, quantised: Quantised) -> int:
        """A variable that outlives invocations; its handle in the main graph."""
        handle = self.start.variable(name)
        self.start.operator(
            "ASSIGN_VARIABLE", [handle, self.start.constant(f"{name}/start", at_start, quantised)], []
        )
        return self.main.variable(name)

    def to_bytes(self) -> bytes:
        self.model.subgraphs = [self.main.made, self.start.made] if self.has_state else [self.main.made]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())
