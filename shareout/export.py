"""A share-out as a file with which anyone recomputes it: what it rests on, the rules, and what it came to.

Members stand in it by number, without names. Format version 1: docs/SHARE_OUT.md. Pure but for the copying of the
script that ships with it.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shareout.plan import Plan, exported, fingerprint

FORMAT, VERSION = "satcha-share-out", 1
SCRIPT = Path(__file__).parent / "standalone" / "recompute_share_out.py"


@dataclass(frozen=True, slots=True)
class Result:
    """What a share-out came to, satang: heads by their place in the policy, the others by member number."""

    heads: Mapping[int, int]
    weights: Mapping[int, int]
    dividend: Mapping[int, int]
    rebate: Mapping[int, int]


def result_of(plan: Plan) -> Result:
    """What a plan comes to."""
    return Result(plan.heads, plan.weights, plan.dividend.shares, plan.rebate.shares)


def export_of_plan(plan: Plan, *, group: str, state: str) -> dict[str, Any]:
    """A plan as the file says it; group: the code in addresses."""
    return export_of(
        group=group,
        state=state,
        snapshot=exported(plan.snapshot),
        policy=asdict(plan.policy),
        code=fingerprint(plan.snapshot, plan.policy),
        result=result_of(plan),
    )


def export_of(
    *, group: str, state: str, snapshot: Mapping[str, Any], policy: Mapping[str, Any], code: str, result: Result
) -> dict[str, Any]:
    """The file's content. state: planned, or that of the share-out; figures that are 0 may be left out."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "unit": "satang",
        "group": group,
        "year": snapshot["year"],
        "state": state,
        "fingerprint": code,
        "policy": policy,
        "snapshot": snapshot,
        "result": {
            name: {str(key): figure for key, figure in sorted(figures.items())}
            for name, figures in asdict(result).items()
        },
    }


def as_text(export: Mapping[str, Any]) -> str:
    """The file's text; the same content gives the same text."""
    return json.dumps(export, ensure_ascii=False, indent=1) + "\n"


def write_export(export: Mapping[str, Any], path: Path) -> Path:
    """Write the file and, beside it, the script that recomputes it; returns where the script stands."""
    path.write_text(as_text(export), encoding="utf-8")
    return Path(shutil.copyfile(SCRIPT, path.with_name(SCRIPT.name)))
