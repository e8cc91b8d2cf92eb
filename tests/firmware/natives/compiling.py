"""Compiles C once for each content of what goes into it."""

import hashlib
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def compiled(folder, command, sources, headers, *, suffix="", libraries=()):
    """The path, in this folder of build/, of what the compiler makes of sources with these headers."""
    command = [str(word) for word in command]
    digest = hashlib.sha256("\0".join([*command, *libraries]).encode())
    for path in [*sources, *sorted(headers)]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    output = ROOT / "build" / folder / f"{digest.hexdigest()[:16]}{suffix}"
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
            built = Path(scratch) / "built"
            subprocess.run([*command, *map(str, sources), *libraries, "-o", str(built)], check=True)
            built.replace(output)  # in one step: another test process may be building the same
    return output
