"""Misses against false wakes as a picture."""

import numpy as np

from .measure import Measured

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 320, 60, 50, 30
RATES = (0.1, 0.3, 1, 3, 10, 30, 100)  # false wakes an hour, on a logarithmic axis
MISSES = (0, 5, 10, 15, 20, 25, 30)  # percent


def curve(title: str, measured: Measured) -> str:
    """SVG; one line a signal-to-noise ratio."""
    hours = sum(measured.hours.values())
    cutoffs = np.arange(13, 256) / 256
    rates = [max(sum(measured.woken(c).values()) / hours, RATES[0]) for c in cutoffs]
    lines = []
    for index, snr_db in enumerate(sorted(set(measured.snr_db), reverse=True)):
        missed = [100 * m / n for m, n in (measured.missed(c, snr_db) for c in cutoffs)]
        points = " ".join(f"{across(r):.1f},{down(m):.1f}" for r, m in zip(rates, missed, strict=True))
        colour = f"hsl({200 + 45 * index} 60% 45%)"
        name = "no noise" if np.isinf(snr_db) else f"{snr_db:.0f} dB"
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(text(WIDTH - 80, TOP + 16 * (index + 1), name, f'fill="{colour}"'))
    grid = [
        f'<path d="M{across(r):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        + text(across(r), HEIGHT - BOTTOM + 16, f"{r:g}", 'text-anchor="middle"')
        for r in RATES
    ]
    grid += [
        f'<path d="M{LEFT} {down(m):.1f}H{WIDTH - 20}" stroke="#ddd"/>'
        + text(LEFT - 8, down(m) + 4, f"{m} %", 'text-anchor="end"')
        for m in MISSES
    ]
    labels = [
        text(
            LEFT, 18, f"{title}: missed, against false wakes an hour (development set)", 'font-weight="bold"'
        ),
        text((LEFT + WIDTH) / 2, HEIGHT - 12, "false wakes an hour", 'text-anchor="middle"'),
    ]
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
        f"<title>{title}: missed, against false wakes an hour</title>"
    )
    return "\n".join(
        [head, '<rect width="100%" height="100%" fill="#fff"/>', *grid, *lines, *labels, "</svg>\n"]
    )


def across(rate: float) -> float:
    share = np.log(min(max(rate, RATES[0]), RATES[-1]) / RATES[0]) / np.log(RATES[-1] / RATES[0])
    return LEFT + share * (WIDTH - 20 - LEFT)


def down(missed: float) -> float:
    return TOP + (HEIGHT - BOTTOM - TOP) * (1 - min(missed, MISSES[-1]) / MISSES[-1])


def text(x: float, y: float, words: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{words}</text>'
