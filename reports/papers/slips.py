"""Receipts and vouchers read from the books: one, or a whole meeting in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from funds.chart import MONEY, is_in_kind
from funds.models import Entry, Posting
from loans.models import Repayment
from members.group_settings import setting
from members.models import Member, SavingsGroup
from papers.money_slips import PaperLine
from papers.receipt import ReceiptPaper, receipts_pdf
from papers.seal import Seal
from papers.voucher import VoucherPaper, vouchers_pdf
from reports.papers.lines import LOAN, PLEDGE, SHARE_PAYMENT, SPECIAL, PaidPart, RepaidPart, balance_label, slip_lines
from reports.papers.people import Signer, Signers
from savings.models import PledgeMonth
from savings.papers import seal_of

PRINTED = frozenset(
    {
        "receipt", "income", "subsidy", "donation", "withdrawal", "expense", "loan_disbursement", "resignation",
        "bank_fetch", "bank_carry", "reversal", "subsidy_return", "bank_loan", "bank_loan_payment", "officer_advance",
        "loan_recovery", "advance_settled", "pool_advance", "activity_purchase", "activity_sale", "in_kind_purchase",
        "in_kind_sale", "share_payment",
    }
)  # fmt: skip
BALANCES = (PLEDGE, SPECIAL, LOAN)
CREDIT_SHOWN = (PLEDGE, SPECIAL)


@dataclass(frozen=True)
class Slip:
    """A receipt (`comes_in`) or a voucher with everything that is printed on it; satang."""

    entry: Entry
    comes_in: bool
    group: str
    place: str
    person: str
    member: Member | None
    lines: tuple[PaperLine, ...]
    balances: tuple[PaperLine, ...]
    maker: Signer
    approver: Signer
    occasion: str
    notes: tuple[str, ...]
    voided_by: int | None
    seal: Seal

    @property
    def total(self) -> int:
        """The sum of the lines."""
        return sum(line.satang for line in self.lines)


def paper_name(group: SavingsGroup) -> str:
    """What the group is called on its papers."""
    return setting(group, "public_name") or group.name


def paper_place(group: SavingsGroup) -> str:
    """Where the group is: moo, tambon, district; papers are in Thai."""
    village = group.village
    tambon = village.tambon
    moo = f"หมู่ที่ {village.moo} " if village.moo else ""
    return f"{moo}ตำบล{tambon.name_th} อำเภอ{tambon.district.name_th}"


def slips_of(group: SavingsGroup, entries: Iterable[Entry]) -> list[Slip]:
    """The receipts and vouchers of these entries, in their order; entries that print none are left out."""
    wanted = [entry for entry in entries if entry.plain_kind in PRINTED]
    if not wanted:
        return []
    facts = _Facts(group, wanted)
    return [slip for entry in wanted if (slip := facts.slip(entry)) is not None]


def slip_of(group: SavingsGroup, entry: Entry) -> Slip | None:
    """The paper of one entry, None where it prints none."""
    return next(iter(slips_of(group, [entry])), None)


class _Facts:
    """All that the papers of some entries need, read at once."""

    def __init__(self, group: SavingsGroup, entries: Sequence[Entry]) -> None:
        self.group = group
        self.name, self.place = paper_name(group), paper_place(group)
        ids = [entry.pk for entry in entries]
        self.postings: dict[int, list[Posting]] = defaultdict(list)
        rows = Posting.objects.filter(group=group, entry_id__gte=min(ids), entry_id__lte=max(ids))
        within = list(rows.select_related("account").order_by("entry_id", "line"))
        for posting in within:
            self.postings[posting.entry_id].append(posting)
        self.balances = _balances_after(group, within, min(ids), set(ids))
        self.months: dict[int, list[PaidPart]] = defaultdict(list)
        paid = PledgeMonth.objects.filter(group=group, entry__in=ids).order_by("month")
        for entry_id, month, satang in paid.values_list("entry_id", "month", "satang"):
            self.months[entry_id].append(PaidPart(month, satang))
        self.repaid: dict[int, list[Repayment]] = defaultdict(list)
        repaid = Repayment.objects.filter(entry__in=ids).select_related("loan").order_by("loan__number")
        for repayment in repaid:
            self.repaid[repayment.entry_id].append(repayment)
        self.voids = dict(Entry.objects.filter(reverses__in=ids).values_list("reverses_id", "n"))
        self.details = {entry.pk: _details(entry) for entry in entries}
        holders = {self._holder(entry) for entry in entries} - {""}
        members = Member.objects.filter(group=group, number__in={int(holder) for holder in holders})
        self.members = {member.holder: member for member in members}
        codes = {code for entry in entries for code in (entry.maker, *entry.approvers)}
        self.signers = Signers(group, codes)

    def slip(self, entry: Entry) -> Slip | None:
        """The paper of one entry."""
        postings = self.postings[entry.pk]
        if postings and all(is_in_kind(posting.account.code) for posting in postings):
            return None  # goods moved and no money: their slip counts kilograms
        moved = sum(posting.amount for posting in postings if posting.account.code in MONEY)
        comes_in = moved > 0
        details = self.details[entry.pk]
        member = self.members.get(self._holder(entry))
        return Slip(
            entry=entry,
            comes_in=comes_in,
            group=self.name,
            place=self.place,
            person=str(details.get("payer") or details.get("payee") or (member.full_name if member else "")),
            member=member,
            lines=slip_lines(
                entry,
                postings,
                self.months[entry.pk],
                details,
                comes_in=comes_in,
                repaid=[
                    RepaidPart(each.loan.number, each.principal_satang, each.interest_satang, each.fine_satang)
                    for each in self.repaid[entry.pk]
                ],
            ),
            balances=self.balances[entry.pk],
            maker=self.signers.of(entry.maker, entry.booked_on),
            approver=self.signers.of(entry.approvers[0], entry.booked_on) if entry.approvers else Signer(),
            occasion=_("Meeting %(number)s") % {"number": details["meeting"]} if details.get("meeting") else "",
            notes=(*_notes(entry, details, postings), *_claims(self.repaid[entry.pk])),
            voided_by=self.voids.get(entry.pk),
            seal=seal_of(self.group, entry),
        )

    def _holder(self, entry: Entry) -> str:
        """The member number behind an entry: that of the own accounts it touches, else what its details say."""
        for posting in self.postings[entry.pk]:
            if posting.account.code in (PLEDGE, SPECIAL):
                return posting.account.holder.split("-", 1)[0]
        said = str(self.details[entry.pk].get("member") or "")
        return said if said.isascii() and said.isdigit() else ""


def _details(entry: Entry) -> dict[str, Any]:
    if entry.reverses_id and entry.reverses is not None:
        original = _own_details(entry.reverses)
        return {key: original[key] for key in ("payer", "payee", "member", "contract") if key in original}
    return _own_details(entry)


def _own_details(entry: Entry) -> dict[str, Any]:
    found = getattr(entry, "details", None)
    return found.data if found is not None else {}


def _notes(entry: Entry, details: dict[str, Any], postings: Sequence[Posting]) -> tuple[str, ...]:
    notes = []
    if details.get("method") == "transfer":
        slip = str(details.get("slip") or "–")
        notes.append(_("Paid by bank transfer, slip %(slip)s") % {"slip": slip})
    if entry.plain_kind == SHARE_PAYMENT:
        notes += _share_notes(details, postings)
    if entry.reverses_id and entry.reverses is not None:
        notes.append(
            _("Reverses no. %(number)s: %(reason)s")
            % {"number": entry.reverses.n, "reason": _own_details(entry).get("memo") or "–"}
        )
    if entry.is_from_paper:
        notes.append(_("Taken over from the group's paper books"))
    return tuple(notes)


def _share_notes(details: dict[str, Any], postings: Sequence[Posting]) -> list[str]:
    """Where a dividend went that was not handed over."""
    notes = [
        _("Credited to special savings, book %(number)s") % {"number": each.account.holder}
        for each in postings
        if each.account.code == SPECIAL
    ]
    if details.get("method") == "set_off":
        numbers = ", ".join(str(number) for number in details.get("contracts", ()))
        notes.append(
            _("Set off against arrears of contract %(numbers)s; no cash was handed over") % {"numbers": numbers}
        )
    return notes


def _claims(repaid: Sequence[Repayment]) -> tuple[str, ...]:
    """What a guarantor paid is the guarantor's claim on the borrower from then on."""
    numbers = [each.loan.number for each in repaid if each.kind == Repayment.Kind.GUARANTOR]
    if not numbers:
        return ()
    text = _("Paid as guarantor for contract %(numbers)s. The claim for it passes from the group to the payer.")
    return (text % {"numbers": ", ".join(numbers)},)


def _balances_after(
    group: SavingsGroup, within: Sequence[Posting], first: int, wanted: set[int]
) -> dict[int, tuple[PaperLine, ...]]:
    """The balance of each member's account that an entry touches, right after it, in the order of the journal."""
    accounts = {posting.account_id for posting in within if posting.account.code in BALANCES}
    before = Posting.objects.filter(group=group, account__in=accounts, entry_id__lt=first)
    sums = defaultdict(int, before.order_by().values_list("account_id").annotate(total=Sum("amount")))
    found: dict[int, dict[int, PaperLine]] = defaultdict(dict)
    for posting in within:
        if posting.account_id not in accounts:
            continue
        sums[posting.account_id] += posting.amount
        if posting.entry_id in wanted:
            code, holder = posting.account.code, posting.account.holder
            satang = -sums[posting.account_id] if code in CREDIT_SHOWN else sums[posting.account_id]
            found[posting.entry_id][posting.account_id] = PaperLine(balance_label(code, holder), satang)
    return defaultdict(tuple, {entry_id: tuple(lines.values()) for entry_id, lines in found.items()})


def slips_file(group: SavingsGroup, entries: Sequence[Entry], *, comes_in: bool) -> bytes:
    """Print the receipts (or the vouchers) of these entries, a page each, in Thai; b"" where there are none."""
    with translation.override("th"):
        chosen = [slip for slip in slips_of(group, entries) if slip.comes_in == comes_in]
        if not chosen:
            return b""
        if comes_in:
            return receipts_pdf([receipt_paper(slip) for slip in chosen])
        return vouchers_pdf([voucher_paper(slip) for slip in chosen])


def receipt_paper(slip: Slip) -> ReceiptPaper:
    """A receipt as it is typeset."""
    return ReceiptPaper(
        group=slip.group,
        place=slip.place,
        on=slip.entry.booked_on,
        payer=slip.person,
        member_number=str(slip.member.number) if slip.member else "",
        occasion=slip.occasion,
        lines=slip.lines,
        balances=slip.balances,
        receiver=slip.maker.name,
        receiver_office=slip.maker.office,
        notes=slip.notes,
        voided_by=slip.voided_by,
        seal=slip.seal,
    )


def voucher_paper(slip: Slip) -> VoucherPaper:
    """A voucher as it is typeset."""
    return VoucherPaper(
        group=slip.group,
        place=slip.place,
        on=slip.entry.booked_on,
        payee=slip.person,
        member_number=str(slip.member.number) if slip.member else "",
        occasion=slip.occasion,
        lines=slip.lines,
        balances=slip.balances,
        requested_by=slip.maker.name,
        approved_by=slip.approver.name,
        notes=slip.notes,
        voided_by=slip.voided_by,
        seal=slip.seal,
    )
