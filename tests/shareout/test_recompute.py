"""The script that ships with the export knows no Satcha, agrees with its plans, and finds a satang that was moved."""

import copy
import json
import os
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shareout.export import SCRIPT, as_text, export_of_plan
from shareout.plan import plan_share_out
from shareout.policy import CUSTOMARY
from shareout.weights import Weighting
from tests.shareout.any_village import policies, snapshots
from tests.shareout.test_plan import snapshot

MAIN = runpy.run_path(str(SCRIPT))["main"]
PLAN = plan_share_out(snapshot(7_000_01, {1: 5_000_00, 2: 3_000_33, 9: 1}, {2: 700, 9: 350}), CUSTOMARY)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export") / "share-out.json"


def export(plan=PLAN):
    return json.loads(as_text(export_of_plan(plan, group="ban-nong", state="planned")))


def recompute(content, path: Path) -> tuple[int, str]:
    """As anyone runs it: alone, with nothing of this project in reach."""
    path.write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=path.parent, env={**os.environ})
    return done.returncode, done.stdout + done.stderr


def test_the_script_is_short_and_needs_python_alone():
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert {line.split()[1] for line in text.splitlines() if line.startswith(("import", "from"))} <= {
        "hashlib", "json", "sys", "datetime",
    }  # fmt: skip


def test_it_agrees_with_the_plan_and_says_what_came_to_what(path):
    code, said = recompute(export(), path)
    assert (code, "everything agrees" in said) == (0, True)
    assert f"dividend {sum(PLAN.dividend.shares.values())}" in said


@pytest.mark.parametrize("rule", Weighting)
def test_it_knows_every_rule(rule, path):
    assert recompute(export(plan_share_out(PLAN.snapshot, replace(CUSTOMARY, weighting=rule))), path)[0] == 0


@pytest.mark.parametrize("name", ["heads", "weights", "dividend", "rebate"])
def test_a_satang_that_was_moved_is_found_and_named(name, path):
    content = export()
    content["result"][name]["2"] += 1
    code, said = recompute(content, path)
    assert code == 1
    assert f"{name} of 2: stated" in said


def test_a_share_that_was_added_or_left_out_is_found(path):
    for change in ({"77": 1}, {"1": 0}):
        content = export()
        content["result"]["dividend"] |= change
        assert recompute(content, path)[0] == 1


def test_figures_that_agree_among_themselves_but_are_not_those_adopted_are_found(path):
    other = export(plan_share_out(replace(PLAN.snapshot, distributable=7_000_02), CUSTOMARY))
    code, said = recompute(other | {"fingerprint": export()["fingerprint"]}, path)
    assert code == 1
    assert "fingerprint" in said


@pytest.mark.parametrize("content", [[], {}, {"snapshot": {}, "policy": {}}, "text"])
def test_what_is_no_export_is_said(content, path):
    code, said = recompute(content, path)
    assert code == 2
    assert "could not run" in said


def test_without_a_file_it_says_how_it_is_used():
    done = subprocess.run([sys.executable, "-I", str(SCRIPT)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "recompute_share_out.py FILE" in done.stderr


@given(snapshots(), policies())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_agrees_with_the_plan_of_any_village(tmp_path_factory, taken, policy):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(as_text(export_of_plan(plan_share_out(taken, policy), group="any", state="planned")))
    assert MAIN(str(path)) == 0


@given(snapshots(), policies(), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_finds_any_satang_that_was_changed_in_any_village(tmp_path_factory, taken, policy, data):
    path = tmp_path_factory.getbasetemp() / "changed.json"
    content = export(plan_share_out(taken, policy))
    figures = [(name, key) for name, known in content["result"].items() for key in known]
    name, key = data.draw(st.sampled_from(figures))
    changed = copy.deepcopy(content)
    changed["result"][name][key] += data.draw(st.sampled_from([1, -1, 100]))
    path.write_text(json.dumps(changed))
    assert MAIN(str(path)) == 1
