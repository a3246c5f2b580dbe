"""Make .venv and install the pinned requirements into it; do nothing if they are there. Standard library only.

usage: python tools/environment.py requirements.txt

pip is the documented way; uv, where it is installed, puts the same set in place ten times faster.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NO_VENV = """This Python has no venv module, which Debian and Ubuntu ship apart. Install it, then run make again:
    Debian/Ubuntu:  apt-get install python3-venv
    macOS:          brew install python@3.12"""
NOT_INSTALLED = (
    """The requirements could not be installed (see above). Is the network reachable? Run make again to go on."""
)


def ensure(requirements: str) -> None:
    """Bring .venv up to the requirements file; exits with a sentence where that fails."""
    stamp = VENV / f".{requirements}.installed"
    wanted = _fingerprint(requirements)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not _works(PYTHON):
        _make_venv()
    print(f"Installing {requirements} into .venv ...", flush=True)
    if not _install(requirements):
        sys.exit(NOT_INSTALLED)
    stamp.write_text(wanted)


def _fingerprint(requirements: str) -> str:
    """Return a digest of the file and of those it draws in."""
    parts = [(ROOT / name).read_bytes() for name in sorted({"requirements.txt", requirements})]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        sys.exit(NO_VENV)
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode != 0:
        sys.exit(NO_VENV)


def _install(requirements: str) -> bool:
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        requirements,
    ]
    uv = shutil.which("uv")
    commands: list[list[str | Path]] = []
    if uv:
        commands.append([uv, "pip", "install", "--quiet", "--python", PYTHON, "-r", requirements])
    return any(subprocess.run(command, cwd=ROOT, check=False).returncode == 0 for command in [*commands, pip])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    ensure(sys.argv[1])
