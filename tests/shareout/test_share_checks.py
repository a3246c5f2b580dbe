"""What the checks of the share-out find, proven by tampering behind the program's back (I12)."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection

from members.triggers import drop_guards
from shareout.models import HeadAllotment, MemberShare, ShareOut, SharePayment
from tests.shareout.sharing import NOW, Sharing
from tests.village import TestVillage

pytestmark = pytest.mark.django_db


@pytest.fixture
def sharing(village: TestVillage) -> Iterator[Sharing]:
    with time_machine.travel(NOW, tick=False):
        found = Sharing(village)
        found.posted()
        found.pay("Prani")
        assert found.found() == []
        yield found


def _head(sharing: Sharing) -> None:
    HeadAllotment.objects.filter(position=2).update(satang=1)


def _share(sharing: Sharing) -> None:
    MemberShare.objects.filter(member__number=5).update(dividend_satang=1)


def _swapped(sharing: Sharing) -> None:
    """Two members' shares change places: every sum stays."""
    first, second = (MemberShare.objects.get(member__number=number) for number in (5, 8))
    first.dividend_satang, second.dividend_satang = second.dividend_satang, first.dividend_satang
    first.save()
    second.save()


def _entryless(sharing: Sharing) -> None:
    MemberShare.objects.filter(member__number=5).update(entry=None)


def _snapshot(sharing: Sharing) -> None:
    row = ShareOut.objects.get()
    row.snapshot["interest"]["6"] += 1
    row.save(update_fields=["snapshot"])


def _policy(sharing: Sharing) -> None:
    row = ShareOut.objects.get()
    row.frozen_policy["step"] = 100
    row.save(update_fields=["frozen_policy"])


def _distributable(sharing: Sharing) -> None:
    ShareOut.objects.update(distributable=1_000_01)


def _half_a_batch(sharing: Sharing) -> None:
    entries = sharing.entries("allotment")
    ShareOut.objects.update(last_entry=entries[-2])


def _another_batch(sharing: Sharing) -> None:
    ShareOut.objects.update(last_entry=sharing.entries("share_payment")[0])


def _paid_more(sharing: Sharing) -> None:
    SharePayment.objects.update(satang=1)


def _payment_gone(sharing: Sharing) -> None:
    SharePayment.objects.update(entry=None, approved_by=None, approved_at=None)


def _paid_to_another(sharing: Sharing) -> None:
    SharePayment.objects.update(member=sharing["Kasem"])


TAMPERED: list[tuple[Callable[[Sharing], None], str]] = [
    (_head, "gives a purpose to"),
    (_share, "has shares of"),
    (_swapped, "the share of member 5 does not stand in its entry"),
    (_entryless, "the share of member 5 does not stand in its entry"),
    (_snapshot, "does not rest on the snapshot"),
    (_policy, "does not rest on the snapshot"),
    (_distributable, "divides another sum"),
    (_half_a_batch, "from the undivided profit"),
    (_another_batch, "is not one batch"),
    (_paid_more, "does not pay 0.01 to member 5"),
    (_payment_gone, "pays a share that nobody asked for"),
    (_paid_to_another, "to member 8"),
]


@pytest.mark.parametrize(("tamper", "said"), TAMPERED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_was_changed_behind_the_program_is_found(sharing, tamper, said):
    drop_guards(connection)
    tamper(sharing)
    assert any(said in text for _rule, _n, text in sharing.found()), sharing.found()
