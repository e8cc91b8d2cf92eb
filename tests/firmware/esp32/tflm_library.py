"""Builds tflm.cpp with esp-tflite-micro's own sources and portable kernels for this machine, so that what the
chip will run can be compared with the laptop's interpreter. Takes some minutes, once."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from building import CHIP, FAKES, HEADERS, ROOT

CORE = """flatbuffer_utils memory_helpers micro_allocation_info micro_allocator micro_context
    micro_interpreter_context micro_interpreter_graph micro_interpreter micro_log micro_op_resolver
    micro_profiler micro_resource_variable micro_time micro_utils system_setup debug_log
    memory_planner/greedy_memory_planner memory_planner/linear_memory_planner
    arena_allocator/non_persistent_arena_buffer_allocator
    arena_allocator/persistent_arena_buffer_allocator arena_allocator/single_arena_buffer_allocator
    tflite_bridge/flatbuffer_conversions_bridge tflite_bridge/micro_error_reporter"""
KERNELS = """activations activations_common add add_common assign_variable call_once concatenation conv
    conv_common depthwise_conv depthwise_conv_common dequantize dequantize_common expand_dims
    fully_connected fully_connected_common kernel_util leaky_relu leaky_relu_common logistic
    logistic_common micro_tensor_utils mul mul_common pad pad_common pooling pooling_common
    quantize quantize_common read_variable reduce reduce_common reshape reshape_common softmax
    softmax_common split split_v squeeze strided_slice strided_slice_common sub sub_common tanh
    transpose transpose_common var_handle"""
LITE = """kernels/kernel_util core/c/common core/api/flatbuffer_conversions core/api/tensor_utils
    kernels/internal/common kernels/internal/quantization_util
    kernels/internal/portable_tensor_utils kernels/internal/tensor_utils
    kernels/internal/tensor_ctypes kernels/internal/reference/portable_tensor_utils"""
MLIR = "lite/core/api/error_reporter lite/schema/schema_utils"


def sources(root):
    lite, mlir = root / "tensorflow/lite", root / "tensorflow/compiler/mlir"
    names = [
        *(lite / "micro" / name for name in CORE.split()),
        *(lite / "micro/kernels" / name for name in KERNELS.split()),
        *(lite / name for name in LITE.split()),
        *(mlir / name for name in MLIR.split()),
    ]
    return [Path(f"{name}.cc") for name in names]


def run(*command):
    subprocess.run([str(word) for word in command], check=True)


def compile_all(root, folder, flags):
    """The objects of the library's sources. What they all include is compiled once, beforehand."""
    common = folder / "common.h"
    common.write_text(
        '#include "tensorflow/lite/micro/kernels/kernel_util.h"\n'
        '#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"\n'
        '#include "tensorflow/lite/schema/schema_generated.h"\n'
    )
    compiled = folder / "common.h.gch"
    if not compiled.exists():
        run("g++", *flags, "-x", "c++-header", common, "-o", folder / "unfinished.gch")
        (folder / "unfinished.gch").replace(compiled)

    def compile_one(source):
        output = folder / f"{str(source.relative_to(root)).replace('/', '-')}.o"
        if not output.exists():
            unfinished = output.with_suffix(".unfinished")
            run("g++", *flags, "-include", common, "-c", source, "-o", unfinished)
            unfinished.replace(output)
        return output

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(compile_one, sources(root)))


def build(checkout, operators=None):
    """Path of a shared object with the functions of model.h: with these operators, or the packed models'."""
    root, folder = Path(checkout), ROOT / "build" / "chip" / "tflm"
    headers = folder / "headers"
    headers.mkdir(parents=True, exist_ok=True)
    (headers / "esp_heap_caps.h").write_text((HEADERS / "esp_heap_caps.h").read_text())
    third = [root / "third_party" / name for name in ("flatbuffers/include", "gemmlowp", "ruy", "kissfft")]
    includes = [f"-isystem{path}" for path in (root, *third)]
    # as the component compiles itself
    flags = ["-std=c++17", "-fPIC", "-fno-rtti", "-fno-exceptions", "-DTF_LITE_STATIC_MEMORY", *includes]
    objects = compile_all(root, folder, ["-w", "-O1", *flags])
    for name in ("drivers_fake", "freertos_fake"):
        includes = [f"-I{HEADERS}", f"-I{FAKES}"]
        run("cc", "-std=gnu17", "-fPIC", *includes, "-c", FAKES / f"{name}.c", "-o", folder / f"{name}.o")
    # as the SDK compiles it: unlike the library, with run-time types and exceptions
    shared = [flag for flag in flags if flag not in ("-fno-rtti", "-fno-exceptions")]
    own = ["-O2", "-Wall", "-Wextra", "-Werror", "-pthread", f"-I{headers}", CHIP / "tflm.cpp"]
    own += [f"-DMODEL_OPERATORS={', '.join(map(str, operators))}"] if operators else []
    fakes = [folder / "drivers_fake.o", folder / "freertos_fake.o"]
    library = folder / ("tflm.so" if operators else "tflm-packed.so")
    run("g++", "-shared", *shared, *own, *objects, *fakes, "-o", library)
    return library
