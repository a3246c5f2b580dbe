"""Two treasurers, or one who clicks twice, at once over real connections: the books begin once, each row is kept."""

from functools import partial
from uuid import uuid4

import pytest

from funds.models import Entry
from intake.errors import OpeningDone
from intake.models import OpeningDraft, WorkbookUpload
from intake.services.beginning import begin_from_paper
from intake.services.openings import row_mark, save_row
from intake.services.uploads import store_upload
from members import cosign
from tests.funds.test_races import of_type, together
from tests.intake.opening.conftest import DEE, fill, sign
from tests.intake.test_pages import EmptyGroup
from tests.intake.workbooks import messy, paper
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 8


@pytest.fixture
def empty(village: TestVillage) -> EmptyGroup:
    """A founded group with empty books."""
    return EmptyGroup(village)


def test_a_double_click_and_another_officer_at_once_begin_the_books_once(empty):
    fill(empty)
    sign(empty)
    mine = [partial(begin_from_paper, group=empty.group, by=empty.treasurer) for _ in range(MANY)]
    results = together([*mine, partial(begin_from_paper, group=empty.group, by=empty.secretary)])
    assert Entry.objects.filter(group=empty.group, kind="opening").count() == 1
    posted = of_type(results, Entry)
    assert len(posted) == MANY
    assert len({entry.pk for entry in posted}) == 1
    assert isinstance(results[-1], OpeningDone | cosign.CoSignRefused)


def test_rows_saved_at_once_are_all_kept(empty):
    seen = row_mark(None)
    rows = [DEE | {"number": str(number)} for number in range(1, MANY + 1)]
    acts = [
        partial(
            save_row, group=empty.group, key="members", row_id=uuid4().hex, cells=row, seen=seen, by=empty.treasurer
        )
        for row in rows
    ]
    assert len(of_type(together(acts), OpeningDraft)) == MANY
    assert len(OpeningDraft.objects.get(group=empty.group).tables["members"]) == MANY


def test_workbooks_uploaded_at_once_leave_one_waiting(empty):
    content = messy(paper(seed=5, members=12), seed=5)
    act = partial(store_upload, group=empty.group, file_name="a.xlsx", content=content, by=empty.treasurer)
    assert len(of_type(together([act, act, act]), WorkbookUpload)) == 3
    assert WorkbookUpload.objects.filter(group=empty.group, state="read").count() == 1
