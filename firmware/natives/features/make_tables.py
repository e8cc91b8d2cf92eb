"""Writes features_tables.h to standard output: the constants of the features.

The definitions are those of TensorFlow Lite Micro's audio front end, evaluated in single precision as it
does when it starts; the chip then needs neither floating point nor a start-up computation. The mel spectrum
(features_mel_…) is that in which the speech embedding was taught, Slaney's.

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
MEL_BANDS = 32
MEL_LOWEST_HZ, MEL_HIGHEST_HZ = 60.0, 3800.0
MEL_WINDOW = 150 / 180  # power of the embedding's Hann window of 400 samples to that of ours of 480


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
    """Where each band of bins begins, and each bin's weight in the channel that falls over the band. The next
    channel rises there with what is left to one."""
    low = mel(LOWEST_HZ)
    spacing = single(single(mel(HIGHEST_HZ) - low) / (CHANNELS + 1))
    edges = [single(low + single(spacing * (band + 1))) for band in range(CHANNELS + 1)]
    hertz_per_bin = single(0.5 * SAMPLE_RATE / FFT_POINTS)
    first_bin = int(1.5 + LOWEST_HZ / hertz_per_bin)  # leaves out DC
    starts, weights, bin_ = [first_bin], [], first_bin
    for band, edge in enumerate(edges):
        previous = low if band == 0 else edges[band - 1]
        while mel(bin_ * hertz_per_bin) <= edge:
            fall = single(single(edge - mel(bin_ * hertz_per_bin)) / single(edge - previous))
            weights.append(math.floor(single(single(fall * WEIGHT_ONE) + 0.5)))
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


def slaney_hertz(mels):
    """Evenly up to 1 kHz, then 27 steps to a factor of 6.4."""
    return mels * 200 / 3 if mels < 15 else 1000 * 6.4 ** ((mels - 15) / 27)


def slaney_mels(hertz):
    return hertz * 3 / 200 if hertz < 1000 else 15 + 27 * math.log(hertz / 1000, 6.4)


def mel_spectrum():
    """Where the bins after each edge begin; each bin's weight in the band that falls there; and per band what
    to add to the logarithm of its sum for that of its power: the height of triangles of equal area, and the
    powers of two that weights and transform leave."""
    low, high = slaney_mels(MEL_LOWEST_HZ), slaney_mels(MEL_HIGHEST_HZ)
    edges = [slaney_hertz(low + (high - low) * edge / (MEL_BANDS + 1)) for edge in range(MEL_BANDS + 2)]
    hertz_per_bin = SAMPLE_RATE / (2 * FFT_POINTS)
    starts = [math.ceil(edge / hertz_per_bin) for edge in edges]
    weights = [
        round(WEIGHT_ONE * (edges[band + 1] - bin_ * hertz_per_bin) / (edges[band + 1] - edges[band]))
        for band in range(MEL_BANDS + 1)
        for bin_ in range(starts[band], starts[band + 1])
    ]
    scale = MEL_WINDOW * (2 * FFT_POINTS) ** 2 / WEIGHT_ONE
    heights = [2 / (edges[band + 2] - edges[band]) for band in range(MEL_BANDS)]
    return starts, weights, [round(LOG_ONE * math.log2(height * scale)) for height in heights]


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
    mel_starts, mel_weights, mel_offsets = mel_spectrum()
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
        array(f"uint16_t features_falling_weights[{len(weights)}]", weights),
        array("int16_t features_gain_curve[3 * 33]", flat(gain_curve())),
        array(f"uint16_t features_log2_bends[{LOG_SEGMENTS + 1}]", log2_bends()),
        array(f"int16_t features_mel_starts[{len(mel_starts)}]", mel_starts),
        array(f"uint16_t features_mel_falling_weights[{len(mel_weights)}]", mel_weights),
        array(f"int32_t features_mel_offsets[{MEL_BANDS}]", mel_offsets),
    ]
    return "\n".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    print(header(), end="")
