"""The command twice at once, or beside an officer: every contract from paper becomes one loan."""

from functools import partial

import pytest

from intake.services.loans import adopt_paper_contracts
from loans.models import Loan, Repayment, ScheduleVersion
from members.models import SavingsGroup
from tests.funds.test_races import together
from tests.intake.importing import bring_in
from tests.intake.workbooks import messy, paper
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture
def of_before(village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> SavingsGroup:
    """A group that was imported before loans had rows."""
    monkeypatch.setattr("intake.services.posting.adopt_paper_contracts", lambda group: [])
    return bring_in(messy(paper(seed=7, members=40), seed=7), code="of-before")


def test_adopted_at_once_each_contract_is_one_loan(of_before):
    made = together([partial(adopt_paper_contracts, of_before) for _ in range(AT_ONCE)])
    assert sorted(len(loans) for loans in made if isinstance(loans, list))[:-1] == [0] * (AT_ONCE - 1)
    loans = Loan.objects.filter(group=of_before)
    assert loans.count() == of_before.paper_contracts.count() > 0
    assert ScheduleVersion.objects.filter(loan__in=loans).count() == loans.count()
    entries = Repayment.objects.filter(group=of_before).values_list("loan", "entry")
    assert len(set(entries)) == len(entries)
