"""Find the Chromium that the tests drive, or install one: ``python tools/browser.py`` prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = """No Chromium was found. Install one:
    Debian/Ubuntu:  apt-get install chromium
    macOS:          brew install --cask chromium
    or:             .venv/bin/python -m playwright install chromium"""
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class BrowserMissing(RuntimeError):
    """No Chromium on this machine; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def find_chromium() -> str:
    """Return the path of the system's Chromium, else of Playwright's own; raises BrowserMissing."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for path in [*MAC, *_playwrights_own()]:
        if Path(path).exists():
            return path
    raise BrowserMissing


def launch_arguments() -> list[str]:
    """Return the switches for a quiet browser; root has no sandbox to use."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def install_chromium() -> str:
    """Return a Chromium, installing Debian's package as root, else Playwright's own; raises BrowserMissing."""
    try:
        return find_chromium()
    except BrowserMissing:
        if os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "update", "-q"], check=False)
            if subprocess.call(["apt-get", "install", "-q", "-y", "chromium-headless-shell"]):
                subprocess.run(["apt-get", "install", "-q", "-y", "chromium"], check=False)
        else:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        return find_chromium()


def _playwrights_own() -> list[str]:
    from playwright.sync_api import sync_playwright  # slow to import, and only the last resort needs it

    with sync_playwright() as playwright:
        return [playwright.chromium.executable_path]


if __name__ == "__main__":
    try:
        print(install_chromium())
    except BrowserMissing as problem:
        sys.exit(str(problem))
