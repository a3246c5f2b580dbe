"""Leaving in one line each: a village whose members have saved, and who ask to leave."""

from datetime import date
from typing import Any
from uuid import uuid4

from funds.accounts import account_for
from funds.journal import credit, debit, post_entry
from funds.models import Entry
from funds.selectors import balances
from members.models import Member, Resolution
from members.services import record_resolution
from membership.models import Leaving, Settlement
from membership.services import (
    Heir,
    LeavingInput,
    SettlementInput,
    approve_settlement,
    record_leaving,
    request_settlement,
)
from savings.services import open_special_book
from tests.savings.conftest import Savers
from tests.village import TestVillage

NOV_20, NOV_22 = date(2026, 11, 20), date(2026, 11, 22)


class Leavers(Savers):
    """Kasem has saved 1,000 baht and 250.75 in a special book, with 20.25 baht of dividend not fetched yet."""

    def __init__(self, village: TestVillage) -> None:
        super().__init__(village)
        self.vow("Kasem", 100_00)
        self.book = open_special_book(member=self["Kasem"], by=village.treasurer)
        self.pay("Kasem", date(2026, 9, 5), date(2026, 1, 1), satang=1_000_00, special=250_75)
        self.post("income", ("O1100", "", 1_000_00), ("O4500", "", -1_000_00))
        self.post("allotment", ("O3900", "", 20_25), ("O2400", self["Kasem"].holder, -20_25))

    def post(self, kind: str, *moves: tuple[str, str, int], on: date = date(2026, 9, 6)) -> Entry:
        lines = [
            (debit if satang > 0 else credit)(account_for(self.group, code, holder), abs(satang))
            for code, holder, satang in moves
        ]
        return post_entry(
            group=self.group,
            kind=kind,
            on=on,
            by=self.village.treasurer,
            ok=[self.village.auditor],
            lines=lines,
            operation=uuid4(),
        )

    def resolve(self, number: str = "9/2569", body: str = "committee") -> Resolution:
        known = Resolution.objects.filter(group=self.group, number=number).first()
        return known or record_resolution(
            group=self.group,
            number=number,
            body=body,
            decided_on=NOV_20,
            subject="รับทราบการลาออก",
            by=self.village.secretary,
        )

    def ask(self, name: str = "Kasem", reason: str = "resignation", **rest: Any) -> Leaving:
        """Write down that somebody leaves."""
        more: dict[str, Any] = {
            "resignation": {},
            "expulsion": {"explanation": "ไม่ส่งเงินสัจจะเกินกำหนด", "resolution": self.resolve()},
            "death": {"died_on": NOV_20, "reported_by": "นางราตรี ฉิมพลี"},
        }[reason]
        content = LeavingInput(**{"reason": reason, "begun_on": NOV_20, **more, **rest})
        return record_leaving(member=self[name], leaving=content, operation=uuid4(), by=self.village.secretary)

    def settle(self, leaving: Leaving, heirs: tuple[Heir, ...] = (), **rest: Any) -> Settlement:
        """Ask for the settlement."""
        content = SettlementInput(**{"paid_on": NOV_22, "resolution": self.resolve(), "heirs": heirs, **rest})
        return request_settlement(leaving=leaving, settlement=content, operation=uuid4(), by=self.village.treasurer)

    def leave(self, name: str = "Kasem", reason: str = "resignation", **rest: Any) -> Settlement:
        """From the request to the posting."""
        return approve_settlement(settlement=self.settle(self.ask(name, reason), **rest), by=self.village.auditor)

    def balances(self, name: str = "Kasem") -> dict[str, int]:
        """What stands in a member's accounts."""
        member = Member.objects.get(pk=self[name].pk)
        found = {}
        for code in ("O2100", "O2200", "O2400", "O1500"):
            for holder, satang in balances(self.group, code).items():
                if holder.split("-")[0] == member.holder and satang:
                    found[f"{code} {holder}"] = satang
        return found
