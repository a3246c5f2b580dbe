"""Two officers at once over real connections: the last paddy of the barn leaves once."""

from functools import partial

import pytest

from funds.errors import InsufficientStock
from funds.journal import gate
from funds.models import Act
from funds.services import acts, keeping
from tests.funds.activities import NEXT_JANUARY, open_rice_bank
from tests.funds.test_races import of_type, together
from tests.funds.test_voucher_races import meet_after
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
KG = 1000


@pytest.mark.parametrize("locked", [True, False])
def test_the_last_paddy_is_promised_once(locked: bool, village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = open_rice_bank(village.group, village.treasurer, village.auditor, stored=100 * KG)
    borrowers = [village.member(name) for name in ("Prani", "Somchai")]
    meet_after(monkeypatch, keeping, "held_amounts")
    if not locked:
        for module in (acts, gate, keeping):
            monkeypatch.setattr(module, "lock_book", lambda group: None)

    lend = partial(bank.ask, "kind_loan", 80 * KG, due_on=NEXT_JANUARY)
    results = together([partial(lend, member=member) for member in borrowers])

    promised = of_type(results, Act)
    if locked:
        assert len(promised) == 1
        assert len(of_type(results, InsufficientStock)) == 1
    else:
        assert len(promised) == 2  # 160 kg are promised of 100
