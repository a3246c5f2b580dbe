"""Two uses of one slip, of one signature at once, over real connections; without the guard both would go through."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from funds.models import Entry
from members import cosign
from members.access import Right
from members.models import ActivationSlip, CoSignature
from members.models.slips import MAX_TRIES
from membership import slips
from membership.slip_errors import IssuedAlready, ProofWrong, SlipRefused, SlipSpent, SlipUnknown
from membership.slips import issue_slips, use_slip
from tests.village import TestVillage

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BORN = date(1970, 7, 2)
CONTENT = {"Pay": "500.00"}
MANY = 8


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the acts at once, each on a connection of its own; return what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            start.wait(timeout=30)
            results[place] = acts[place]()
        except Exception as problem:  # noqa: BLE001 - what was raised is the result
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def _slip(village: TestVillage) -> ActivationSlip:
    return issue_slips(group=village.group, members=[village.member("Prani")], by=village.secretary)[0].slip


def _refusals(results: list[Any], kind: type) -> int:
    return sum(isinstance(result, kind) for result in results)


def test_a_slip_is_used_once_however_many_try_at_once(village: TestVillage) -> None:
    slip = _slip(village)
    passwords = [f"three-easy-words-{place}" for place in range(MANY)]
    results = together([partial(use_slip, slip=slip, birth_on=BORN, password=password) for password in passwords])
    assert _refusals(results, SlipUnknown) == MANY - 1, results
    assert Entry.objects.filter(group=village.group, kind="slip_use").count() == 1
    won = next(place for place, result in enumerate(results) if not isinstance(result, Exception))
    user = village.user("Prani")
    user.refresh_from_db()
    assert user.check_password(passwords[won])


def test_without_the_lock_two_take_the_same_slip(village: TestVillage, monkeypatch: pytest.MonkeyPatch) -> None:
    slip = _slip(village)
    both_have_looked = threading.Barrier(2)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **how: found.all())
    real = slips._use

    def when_both_have_looked(held: ActivationSlip, password: str) -> Any:
        both_have_looked.wait(timeout=20)
        return real(held, password)

    monkeypatch.setattr(slips, "_use", when_both_have_looked)
    monkeypatch.setattr(slips, "post_entry", lambda **entry: None)  # the journal would refuse the second by itself
    results = together([lambda: use_slip(slip=slip, birth_on=BORN, password="three-easy-words") for _try in range(2)])
    assert _refusals(results, Exception) == 0, results


def test_wrong_birth_dates_at_once_are_all_counted(village: TestVillage) -> None:
    slip = _slip(village)
    wrong = date(1970, 7, 3)
    results = together(
        [lambda: use_slip(slip=slip, birth_on=wrong, password="three-easy-words") for _try in range(MANY)]
    )
    slip.refresh_from_db()
    assert slip.tries == MAX_TRIES
    assert _refusals(results, ProofWrong) == MAX_TRIES - 1, results
    assert _refusals(results, SlipSpent) == 1
    assert _refusals(results, SlipRefused) == MANY


def _signed(village: TestVillage) -> CoSignature:
    asked = cosign.request_cosign(
        group=village.group, by=village.treasurer, right=Right.COSIGN, title="Withdrawal", content=CONTENT
    )
    return cosign.sign_as(signature=asked, user=village.auditor)


def _use(village: TestVillage, signature: CoSignature) -> Any:
    with transaction.atomic():
        return cosign.use(signature=CoSignature.objects.get(pk=signature.pk), content=CONTENT, by=village.treasurer)


def test_a_signature_is_spent_once_however_many_try_at_once(village: TestVillage) -> None:
    signature = _signed(village)
    results = together([lambda: _use(village, signature) for _try in range(MANY)])
    assert _refusals(results, cosign.SignatureUsed) == MANY - 1, results


def test_without_the_condition_two_spend_the_same_signature(
    village: TestVillage, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = _signed(village)
    real = CoSignature.objects.filter

    def without_condition(*conditions: Any, **named: Any) -> Any:
        named.pop("used_at__isnull", None)
        return real(*conditions, **named)

    monkeypatch.setattr(CoSignature.objects, "filter", without_condition)
    results = together([lambda: _use(village, signature) for _try in range(2)])
    assert _refusals(results, Exception) == 0, results


def test_two_officers_at_once_give_one_signature(village: TestVillage) -> None:
    asked = cosign.request_cosign(
        group=village.group, by=village.treasurer, right=Right.COSIGN, title="Withdrawal", content=CONTENT
    )
    officers = [village.auditor, village.chair, village.secretary]
    results = together([partial(cosign.sign_as, signature=asked, user=user) for user in officers])
    assert _refusals(results, cosign.SignatureDoubled) == 2, results
    asked.refresh_from_db()
    assert asked.signed_at is not None
    assert asked.signed_at <= timezone.now()


def _issue(village: TestVillage, operation: UUID) -> ActivationSlip:
    return issue_slips(
        group=village.group, members=[village.member("Kasem")], by=village.secretary, operation=operation
    )[0].slip


def test_however_often_a_button_is_clicked_at_once_one_slip_is_issued(village: TestVillage) -> None:
    results = together([partial(_issue, village, uuid4())] * MANY)
    assert _refusals(results, IssuedAlready) == MANY - 1, results
    assert ActivationSlip.objects.filter(user=village.user("Kasem"), voided_at__isnull=True).count() == 1
    assert Entry.objects.filter(group=village.group, kind__startswith="slip_").count() == 1


def test_without_the_operation_each_click_voids_the_slip_of_the_one_before(village: TestVillage) -> None:
    results = together([lambda: _issue(village, uuid4()) for _click in range(4)])
    assert not any(isinstance(result, Exception) for result in results), results
    assert ActivationSlip.objects.filter(user=village.user("Kasem"), voided_at__isnull=False).count() == 3


def test_without_the_lock_the_second_click_does_not_see_the_first(
    village: TestVillage, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_looked = threading.Barrier(2)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **how: found.all())
    real = slips._refuse_issued

    def when_both_have_looked(operation: UUID | None) -> None:
        real(operation)
        both_have_looked.wait(timeout=20)

    monkeypatch.setattr(slips, "_refuse_issued", when_both_have_looked)
    operation = uuid4()
    results = together([partial(_issue, village, operation)] * 2)
    assert _refusals(results, IssuedAlready) == 0, results
    assert _refusals(results, IntegrityError) == 1, results
