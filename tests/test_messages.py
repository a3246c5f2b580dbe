"""Every string is found, held to its translation, and compiled without system gettext."""

import os
from pathlib import Path

import pytest

from tools import messages
from tools.messages import Source

ROOT = Path(__file__).resolve().parent.parent
PYTHON = 'from django.utils.translation import gettext_lazy as _\nLABEL = _("Pledge of %(month)s")\n'
TRANSLATION = '\n#, python-format\nmsgid "Pledge of %(month)s"\nmsgstr "เงินสัจจะเดือน%(month)s"\n'


@pytest.fixture
def project(tmp_path):
    """A house of one app with one string."""
    (tmp_path / "savings").mkdir()
    (tmp_path / "savings" / "apps.py").touch()
    (tmp_path / "savings" / "models.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    return tmp_path


def translate(project: Path, text: str, app: str = "savings") -> None:
    """Give an app a Thai catalogue."""
    path = messages.catalogue_path(project, app)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(messages.HEADER + text)


def test_the_screens_are_whole_in_thai():
    assert messages.problems(ROOT) == []


def test_a_translated_string_is_no_problem(project):
    translate(project, TRANSLATION)
    assert messages.problems(project) == []


@pytest.mark.parametrize(
    ("catalogue", "problem"),
    [
        ("", "missing: 'Pledge of %(month)s' (savings/models.py:2)"),
        (TRANSLATION.replace("เงินสัจจะเดือน%(month)s", ""), "not translated"),
        (TRANSLATION.replace("#, python-format", "#, fuzzy"), "fuzzy"),
        (TRANSLATION.replace("เดือน%(month)s", "เดือน%(day)s"), "other placeholders"),
        (TRANSLATION + '\nmsgid "Old"\nmsgstr "เก่า"\n', "no longer used: 'Old'"),
        (TRANSLATION.replace('msgstr "', 'msgid_plural "Pledges"\nmsgstr[0] "'), "plural on one side only"),
    ],
)
def test_a_gap_in_the_catalogue_is_named(project, catalogue, problem):
    translate(project, catalogue)
    assert any(problem in found for found in messages.problems(project))


def test_one_string_has_one_translation_wherever_it_stands(project):
    translate(project, TRANSLATION)
    (project / "loans").mkdir()
    (project / "loans" / "apps.py").touch()
    (project / "loans" / "models.py").write_text(PYTHON)
    translate(project, TRANSLATION.replace("เงินสัจจะเดือน", "ออมเดือน"), "loans")
    [problem] = messages.problems(project)
    assert "translated differently in loans" in problem


def test_strings_are_found_under_every_name_of_the_function():
    code = (
        "from django.utils import translation\n"
        "from django.utils.translation import gettext, ngettext as plural, pgettext_lazy\n"
        'a = gettext("One" " two")\n'
        'b = plural("%(n)s row", "%(n)s rows", 2)\n'
        'c = pgettext_lazy("month", "May")\n'
        'd = translation.gettext("Three")\n'
        "e = gettext(a)\n"
    )
    assert {source for _, source in messages.strings_in_python(code)} == {
        Source("", "One two"), Source("", "%(n)s row", "%(n)s rows"), Source("month", "May"), Source("", "Three"),
    }  # fmt: skip


def test_strings_are_found_in_templates():
    template = (
        '{% load i18n %}\n  <p title="{% translate "Sign in" %}">(\n'
        "    {% blocktranslate count n=rows|length trimmed %}\n      {{ n }} row\n"
        "    {% plural %}\n      {{ n }} rows\n"
        '    {% endblocktranslate %}\n{% translate "May" context "month" %}{% translate "100%" as full %}\n'
    )
    assert {source for _, source in messages.strings_in_template(template)} == {
        Source("", "Sign in"), Source("", "%(n)s row", "%(n)s rows"), Source("month", "May"), Source("", "100%%"),
    }  # fmt: skip


def test_a_template_belongs_to_its_apps_catalogue(project):
    for folder in ("savings", "components"):
        (project / "templates" / folder).mkdir()
        (project / "templates" / folder / "a.html").write_text(f'{{% load i18n %}}{{% translate "Of {folder}" %}}')
    found = messages.collect(project)
    assert Source("", "Of savings") in found["savings"]
    assert Source("", "Of components") in found[""]


def test_update_adds_what_is_missing_and_keeps_what_is_there(project):
    translate(project, '\nmsgid "Old"\nmsgstr "เก่า"\n')
    messages.update(project)
    text = messages.catalogue_path(project, "savings").read_text()
    assert 'msgid "Old"\nmsgstr "เก่า"' in text
    assert '#, python-format\nmsgid "Pledge of %(month)s"\nmsgstr ""' in text
    messages.update(project, prune=True)
    assert "Old" not in messages.catalogue_path(project, "savings").read_text()
    assert messages.update(project) == []


def test_compiling_does_only_what_is_stale(project):
    translate(project, TRANSLATION)
    [compiled] = messages.compile_stale(project)
    assert messages.compile_stale(project) == []
    later = compiled.stat().st_mtime + 10
    os.utime(compiled.with_suffix(".po"), (later, later))
    assert messages.compile_stale(project) == [compiled]
