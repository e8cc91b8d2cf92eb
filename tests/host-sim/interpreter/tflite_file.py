"""Writes small TensorFlow Lite files for tests, with the schema that comes inside the tflite-micro wheel."""

import flatbuffers
import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

OPERATOR = schema.BuiltinOperator
TYPE = schema.TensorType
RESOURCE = "resource"
CODES = {
    "int8": TYPE.INT8,
    "uint8": TYPE.UINT8,
    "int32": TYPE.INT32,
    "float32": TYPE.FLOAT32,
    "int16": TYPE.INT16,
}


class TfliteFile:
    """Subgraph 0 is the main one; `with_subgraph` starts another."""

    def __init__(self):
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.description = "test"
        self.model.operatorCodes = []
        self.model.buffers = [schema.BufferT()]
        self.model.subgraphs = []
        self.with_subgraph()

    def with_subgraph(self):
        subgraph = schema.SubGraphT()
        subgraph.tensors, subgraph.operators, subgraph.inputs, subgraph.outputs = [], [], [], []
        self.model.subgraphs.append(subgraph)
        self._subgraph = subgraph
        return len(self.model.subgraphs) - 1

    def tensor(self, shape, kind="int8", scale=None, zero=0, data=None, axis=0, name=None):
        """Adds a tensor, returns its index. `data` makes it constant; several scales quantise by channel."""
        tensor = schema.TensorT()
        tensor.shape = list(shape)
        tensor.type = TYPE.RESOURCE if kind == RESOURCE else CODES[kind]
        tensor.name = name or f"t{len(self._subgraph.tensors)}"
        tensor.buffer = 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, kind).tobytes(), np.uint8)
            tensor.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        if scale is not None:
            scales = np.atleast_1d(np.asarray(scale, np.float32))
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale = scales
            tensor.quantization.zeroPoint = np.broadcast_to(np.asarray(zero, np.int64), scales.shape).copy()
            tensor.quantization.quantizedDimension = axis
        self._subgraph.tensors.append(tensor)
        return len(self._subgraph.tensors) - 1

    def integers(self, values, shape=None):
        values = np.asarray(values, np.int32)
        return self.tensor(values.shape if shape is None else shape, "int32", data=values)

    def operator(self, name, inputs, outputs, options=None, **fields):
        """`options` names the schema's options table, `fields` are its fields in the schema's spelling."""
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(OPERATOR, name) if isinstance(name, str) else name
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        code.version = 1
        operation = schema.OperatorT()
        operation.opcodeIndex = len(self.model.operatorCodes)
        self.model.operatorCodes.append(code)
        operation.inputs, operation.outputs = list(inputs), list(outputs)
        if options is not None:
            operation.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            operation.builtinOptions = getattr(schema, options + "T")()
            for field, value in fields.items():
                assert hasattr(operation.builtinOptions, field), field
                setattr(operation.builtinOptions, field, value)
        self._subgraph.operators.append(operation)
        return operation

    def bytes(self, inputs, outputs):
        main = self.model.subgraphs[0]
        main.inputs, main.outputs = list(inputs), list(outputs)
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())
