"""Typeset a paper: a template of `typ/` and plain data become a PDF, or pictures of its pages.

The data reach the template as JSON through `sys.inputs` and are printed as strings: nothing that a person typed is ever
read as markup. Only the vendored fonts are used, so that a paper looks the same on every machine.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

PAPERS = Path(__file__).resolve().parent
TEMPLATES = PAPERS / "typ"
LOOKING_PPI = 110.0


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(PAPERS / "fonts")])


def render_pdf(template: str, data: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """Return the PDF of `typ/<template>.typ` with these data; the same data give the same pages.

    `tagged` adds the structure that a screen reader follows; it triples the file: a pile for the printer
    goes without.
    """
    made = typst.compile(**_job(template, data), format="pdf", pdf_tags=tagged)
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def render_png(template: str, data: Mapping[str, Any], *, ppi: float = LOOKING_PPI) -> list[bytes]:
    """Return a picture of each page, for tests and for looking."""
    made = typst.compile(**_job(template, data), format="png", ppi=ppi)
    return [page for page in (made if isinstance(made, list) else [made]) if page is not None]


def _job(template: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input": str(TEMPLATES / f"{template}.typ"),
        "root": str(TEMPLATES),
        "font_paths": _fonts(),
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }
