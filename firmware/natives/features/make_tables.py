"""Writes features_tables.h to standard output: the constants of the features.

The definitions are those of TensorFlow Lite Micro's audio front end, evaluated in single precision as it
does when it starts; the chip then needs neither floating point nor a start-up computation.

    python make_tables.py > features_tables.h
"""

import math
import struct

SAMPLE_RATE = 16000
WINDOW_SAMPLES = 480
CHANNELS = 40
LOWEST_HZ, HIGHEST_HZ = 125.0, 7500.0
FFT_POINTS = 256  # complex; 512 real samples
WEIGHT_ONE = 1 << 12  # window and mel weights: 12 fraction bits
Q15_ONE = 32767  # twiddles
NOISE_ONE = 1 << 14
GAIN_ONE = 1 << 21
GAIN_STRENGTH, GAIN_OFFSET = 0.95, 80.0
NOISE_ESTIMATE_FRACTION_BITS = 7  # smoothing bits 10, less the 3 bits that the FFT leaves out
LOG_SEGMENTS = 128
LOG_ONE = 1 << 16


def single(value):
    """The nearest IEEE single-precision number."""
    return struct.unpack("f", struct.pack("f", value))[0]


def window():
    """Hann, sampled at the middle of each sample."""
    step = single(single(single(math.pi) * 2.0) / WINDOW_SAMPLES)
    for sample in range(WINDOW_SAMPLES):
        cosine = single(math.cos(single(step * (sample + 0.5))))
        yield math.floor(single(single(0.5 - single(0.5 * cosine)) * WEIGHT_ONE + 0.5))


def q15_circle(turns):
    """A point on the unit circle, `turns` clockwise from 1."""
    phase = -2 * math.pi * turns
    return math.floor(0.5 + Q15_ONE * math.cos(phase)), math.floor(0.5 + Q15_ONE * math.sin(phase))


def stage_twiddles(length):
    """For a stage that joins four transforms of `length` points: rows for the second, third and fourth."""
    rows = [[q15_circle(row * k / (4 * length)) for k in range(length)] for row in (1, 2, 3)]
    return [[point[0] for point in row] for row in rows], [[point[1] for point in row] for row in rows]


def mel(hertz):
    logarithm = single(math.log1p(single(hertz / 700.0)))
    if hertz == HIGHEST_HZ:
        logarithm += 2.0**-22  # newlib's log1pf, and glibc's before 2.41, is one step too high here
    return single(1127.0 * logarithm)


def mel_bands():
    """Where each band of bins begins, and each bin's weight in the channel that the band rises into. The band
    falls out of the channel before it with what is left to one."""
    low = mel(LOWEST_HZ)
    spacing = single(single(mel(HIGHEST_HZ) - low) / (CHANNELS + 1))
    edges = [single(low + single(spacing * (band + 1))) for band in range(CHANNELS + 1)]
    hertz_per_bin = single(0.5 * SAMPLE_RATE / FFT_POINTS)
    first_bin = int(1.5 + LOWEST_HZ / hertz_per_bin)  # leaves out DC
    starts, weights, bin_ = [first_bin], [], first_bin
    for band, edge in enumerate(edges):
        previous = low if band == 0 else edges[band - 1]
        while mel(bin_ * hertz_per_bin) <= edge:
            rise = single(single(edge - mel(bin_ * hertz_per_bin)) / single(edge - previous))
            weights.append(math.floor(single(single(rise * WEIGHT_ONE) + 0.5)))
            bin_ += 1
        starts.append(bin_)
    return starts, weights


def gain(noise_estimate):
    level = single(noise_estimate / (1 << NOISE_ESTIMATE_FRACTION_BITS))
    value = single(GAIN_ONE * single(math.pow(single(level + GAIN_OFFSET), -single(GAIN_STRENGTH))))
    return min(int(single(value + 0.5)), 32767)


def gain_curve():
    """Rows by the noise estimate's count of bits, 0 … 32: the gain at the least such estimate and the
    coefficients of a parabola through the gains at the least, the middle and the greatest."""
    yield [gain(0), 0, 0]
    yield [gain(1), 0, 0]
    for bits in range(2, 33):
        low = 1 << (bits - 1)
        high = low + (low - 1) if bits == 32 else 2 * low
        to_middle = gain(low + low // 2) - gain(low)
        to_high = gain(high) - gain(low)
        slope = 4 * to_middle - to_high
        yield [gain(low), slope, to_high - slope]


def log2_bends():
    """How far log2(1 + x) lies above x, at the edges of the segments of 0 … 1."""
    for segment in range(LOG_SEGMENTS + 1):
        x = segment / LOG_SEGMENTS
        yield round((math.log2(1 + x) - x) * LOG_ONE)


def array(declaration, values):
    lines, line = [], " "
    for value in values:
        if len(line) + len(f" {value},") > 110:
            lines.append(line)
            line = " "
        line += f" {value},"
    return "\n".join([f"static const {declaration} = {{", *lines, line, "};", ""])


def flat(rows):
    return [value for row in rows for value in row]


def header():
    parts = [
        "/* Written by make_tables.py, which explains each table; do not edit. */",
        "/* clang-format off */",
        "",
        "#include <stdint.h>",
        "",
    ]
    define = "#define {} {}".format
    starts, weights = mel_bands()
    parts += [
        define("FEATURES_NOISE_ONE", NOISE_ONE),
        define("FEATURES_EVEN_SMOOTHING", int(single(0.025) * NOISE_ONE)),
        define("FEATURES_ODD_SMOOTHING", int(single(0.06) * NOISE_ONE)),
        define("FEATURES_LEAST_SIGNAL", int(single(0.05) * NOISE_ONE)),
        define("FEATURES_FIRST_BIN", starts[0]),
        define("FEATURES_END_BIN", starts[-1]),
        "",
        array(f"int16_t features_window[{WINDOW_SAMPLES}]", window()),
    ]
    for length in (4, 16, 64):
        real, imaginary = stage_twiddles(length)
        parts.append(array(f"int16_t features_twiddle{length}_re[3 * {length}]", flat(real)))
        parts.append(array(f"int16_t features_twiddle{length}_im[3 * {length}]", flat(imaginary)))
    split = [q15_circle((k / FFT_POINTS + 0.5) / 2) for k in range(FFT_POINTS // 2 + 1)]
    parts += [
        array(f"int16_t features_split_re[{len(split)}]", [point[0] for point in split]),
        array(f"int16_t features_split_im[{len(split)}]", [point[1] for point in split]),
        array(f"int16_t features_band_starts[{len(starts)}]", starts),
        array(f"uint16_t features_rising_weights[{len(weights)}]", weights),
        array("int16_t features_gain_curve[3 * 33]", flat(gain_curve())),
        array(f"uint16_t features_log2_bends[{LOG_SEGMENTS + 1}]", log2_bends()),
    ]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    print(header(), end="")
