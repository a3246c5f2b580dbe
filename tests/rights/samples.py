"""Two groups alike: an evening open, another closed, a receipt to correct, a payment and a signature that wait.

A new kind of number in a path gets its sample here, for both groups.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from funds.models import Entry
from meetings.services.corrections import request_correction
from members.access import Right
from members.cosign import request_cosign
from members.models import Member, Office, SavingsGroup, User
from members.services import add_household, record_resolution
from savings.services import set_pledge
from tests.meetings.evening import Evening, typed
from tests.rights.activity_samples import activity_samples
from tests.rights.apply_samples import apply_samples
from tests.rights.bank import SIGNED, TYPED, bank_samples
from tests.rights.deposits import deposit_samples
from tests.rights.leaving_samples import leaving_samples
from tests.rights.money import money_samples
from tests.rights.savings_samples import savings_samples
from tests.rights.share_samples import share_samples
from tests.rights.trouble_samples import trouble_samples
from tests.village import OtherGroup, TestVillage

OCTOBER_5, NOVEMBER_5 = date(2026, 10, 5), date(2026, 11, 5)


@dataclass
class Table:
    """Those who sit at a group's table on a meeting day, as `Evening` asks for them."""

    group: SavingsGroup
    treasurer: User
    auditor: User
    payer: Member

    def member(self, name: str) -> Member:
        """Whoever is named, one member pays here."""
        return self.payer


def own_table(village: TestVillage) -> Table:
    """The village's."""
    return Table(village.group, village.treasurer, village.auditor, village.member("Prani"))


def others_table(other: OtherGroup) -> Table:
    """Another group's."""
    return Table(other.group, other.treasurer, other.auditor, other.member)


def samples(table: Table) -> dict[str, Any]:
    """A value for every parameter that stands in a path, all of one group."""
    set_pledge(member=table.payer, satang=200_00, starts_on=date(2026, 10, 1), by=table.treasurer)
    evening = Evening(table, held_on=OCTOBER_5)  # type: ignore[arg-type]
    row = evening.receive("payer", pledge=200_00)
    evening.pay(kind="expense", satang=5_00, code="O5100", memo="ค่าเครื่องเขียน", payee="ร้านค้า")
    closed = evening.finish()
    row.refresh_from_db()
    corrected = typed(pledge=100_00)
    correction = request_correction(row=row, corrected=corrected, reason="ลงผิด", by=table.treasurer)
    tonight = Evening(table, held_on=NOVEMBER_5)  # type: ignore[arg-type]
    tonight.receive("payer", pledge=200_00)
    line = tonight.ask_payment(kind="expense", satang=10_00, code="O5100", memo="ค่ากระดาษ", payee="ร้านค้า")
    signature = request_cosign(
        group=table.group, by=table.treasurer, right=Right.COSIGN, title="ถอนเงิน", content={"ยอด": "500.00"}
    )
    resolution = record_resolution(
        group=table.group, number="1/2569", decided_on=OCTOBER_5, subject="รับสมาชิก", by=table.treasurer
    )
    return {
        "group_code": table.group.code,
        "district_code": table.group.village.tambon.district_id,
        "number": table.payer.number,
        "n": Entry.objects.get(group=table.group, kind="receipt").n,
        "meeting_id": tonight.meeting.pk,
        "closed_meeting_id": closed.pk,
        "line_id": line.pk,
        "correction_id": correction.pk,
        "office_id": Office.objects.get(group=table.group, user=table.treasurer).pk,
        "signature_uuid": signature.uuid,
        "resolution_id": resolution.pk,
        "household_id": add_household(group=table.group, code="บ้านตัวอย่าง", by=table.treasurer).pk,
        "key": "meeting_day",
        "code": "O1100",
        "user_id": table.treasurer.pk,
        "operation": uuid4(),
        "year": 2569,
        "table": "members",
        "row_uuid": uuid4(),
        **money_samples(table),
        **activity_samples(table),
        **deposit_samples(table.group, table.treasurer),
        **bank_samples(table),
        **apply_samples(table.group, table.payer, resolution, table.treasurer),
        **trouble_samples(table.group, table.payer, table.treasurer),
        **leaving_samples(table.group, resolution, table.treasurer),
        **share_samples(table.group, table.payer, table.treasurer),
        **savings_samples(table.group, table.payer, resolution, table.treasurer, table.auditor),
    }


# Pages that are about a closed meeting only.
CLOSED = ("reports:minutes", "reports:minutes-pdf", "reports:meeting-receipts", "reports:meeting-vouchers")


def values_for(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """The samples as one address wants them."""
    if name in CLOSED:
        return values | {"meeting_id": values["closed_meeting_id"]}
    if name.startswith("funds:reverse"):
        return values | {"n": values["wrong_n"]}
    return values | {"month": MONTHS.get(name, values["month"])}


# The bank's pages that are about a signed month, or about one that is being typed.
MONTHS = {"funds:bank-paper": SIGNED, "funds:bank-book": TYPED}

# What an address wants in its query before it takes a form.
QUERY = {"meetings:payments": "?add=expense"}

# The parameters that name one thing of one group, so that another group's must be 404 below the own group's address.
OF_ONE_GROUP = (
    "meeting_id",
    "line_id",
    "correction_id",
    "office_id",
    "resolution_id",
    "household_id",
    "signature_uuid",
    "product_id",
    "run_id",
    "withdrawal_id",
    "book_id",
    "voucher_id",
    "activity_id",
    "good_id",
    "act_id",
    "settlement_id",
    "loan_id",
    "loan_product_id",
    "application_id",
    "guarantee_id",
    "contract_id",
    "letter_id",
    "loan_act_id",
    "share_policy_id",
    "photo_id",
    "account_id",
    "move_id",
    "match_id",
)


def swapped_fields(theirs: dict[str, Any]) -> dict[str, str]:
    """What someone would put into a query or a form to reach another group."""
    fields = {
        "group": theirs["group_code"],
        "group_code": theirs["group_code"],
        "district": theirs["district_code"],
        "signature": theirs["signature_uuid"],
        "meeting": theirs["meeting_id"],
        "line": theirs["line_id"],
        "entry": theirs["n"],
        "correction": theirs["correction_id"],
        "office": theirs["office_id"],
        "resolution": theirs["resolution_id"],
        "admission": theirs["resolution_id"],
        "user": theirs["user_id"],
        "role": "promotion",
        "starts_on": "5/11/2569",
        "ends_on": "5/11/2569",
        "number": theirs["number"],
        "household": "H999",
        "household_code": "H999",
        "operation": theirs["operation"],
    }
    return {name: str(value) for name, value in fields.items()}
