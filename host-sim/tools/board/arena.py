"""Prints what TensorFlow Lite Micro's own allocator says of a model's arena. argv[1]: a .tflite file."""

import sys

from tflite_micro import runtime

MORE_THAN_ENOUGH = 8 << 20

runtime.Interpreter.from_file(sys.argv[1], arena_size=MORE_THAN_ENOUGH).print_allocations()
