"""Make the papers' fonts from the web's: typst reads no WOFF2, and two subsets under one family name hide each other.

Run at development time only (fontTools and brotli are development requirements), from the project's root:
    python papers/fonts/convert.py
Each subset becomes a TrueType file with a family name of its own, "Sarabun Latin" and "Sarabun Thai".
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

SOURCE = Path("static/fonts")
TARGET = Path(__file__).resolve().parent
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, TYPO_FAMILY, TYPO_STYLE = 1, 2, 3, 4, 6, 16, 17


def convert(subset: str, weight: int, style: str) -> Path:
    """Write one subset and weight as TrueType and return its path."""
    font = TTFont(SOURCE / f"sarabun-{subset}-{weight}-normal.woff2")
    family = f"Sarabun {subset.title()}"
    names = {
        FAMILY: family if style != "SemiBold" else f"{family} SemiBold",
        STYLE: style if style != "SemiBold" else "Regular",
        UNIQUE: f"{family} {style}",
        FULL: f"{family} {style}",
        POSTSCRIPT: f"{family.replace(' ', '')}-{style}",
        TYPO_FAMILY: family,
        TYPO_STYLE: style,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = None
    path = TARGET / f"{family.replace(' ', '')}-{style}.ttf"
    font.save(path)
    return path


if __name__ == "__main__":
    for name in ("latin", "thai"):
        for number, style_name in WEIGHTS.items():
            sys.stdout.write(f"{convert(name, number, style_name)}\n")
