"""The minutes of a closed meeting: who came, what moved through each pool's box, the count, the code of the books."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.chart import ADMINISTRATIVE, OPERATING, head_of
from funds.models import Entry, Posting
from meetings.denominations import from_stored
from meetings.models import CashCount, Meeting, SheetRow
from meetings.selectors.meetings import valid_count
from meetings.selectors.sheet import members_on_sheet
from members.models import Office, SavingsGroup
from papers.minutes import CashCountPaper, MinutesPaper, PoolTotals, minutes_pdf
from papers.money_slips import PaperLine
from papers.seal import Seal
from papers.sign_sheet import SignLine, SignSheetPaper, sign_sheet_pdf
from reports.papers.lines import flow_label
from reports.papers.people import Signer, Signers, holder_of_office
from reports.papers.slips import PRINTED, paper_name, paper_place
from savings.papers import seal_of
from thai.money import format_baht

CASH, BANK = "1100", "1200"
FULL_NAMES = {OPERATING: "เงินทุนดำเนินการ", ADMINISTRATIVE: "เงินทุนสำหรับใช้เป็นค่าใช้สอย"}
RECEIPTS = ("receipt", "paper_receipt")


@dataclass(frozen=True)
class PoolMinutes:
    """The cash of one pool over a meeting; satang, money out below 0. The lines lead from `before` to `after`."""

    unit: str
    name: str
    before: int
    lines: tuple[PaperLine, ...]
    after: int


@dataclass(frozen=True)
class Minutes:
    """What the minutes of a meeting say."""

    meeting: Meeting
    close: Entry
    attendance: tuple[tuple[str, int], ...]
    pools: tuple[PoolMinutes, ...]
    count: CashCount | None
    receipts: tuple[int, int, int]
    vouchers: int
    transfers: tuple[int, int]
    signers: tuple[Signer, ...]
    seal: Seal

    @property
    def cash_after(self) -> int:
        """The cash of both pools after the meeting."""
        return sum(pool.after for pool in self.pools)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting, None while it is not closed. A constant number of queries."""
    close = meeting.close_entry
    if close is None:
        return None
    group = meeting.group
    first = meeting.first_entry_id or close.pk
    batch = Posting.objects.filter(group=group, entry_id__gte=first, entry_id__lte=close.pk)
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in batch.select_related("account", "entry").order_by("entry_id", "line"):
        postings[posting.entry_id].append(posting)
    entries = [rows[0].entry for rows in postings.values()]
    receipts = [entry.n for entry in entries if entry.kind in RECEIPTS]
    transfers = [_transferred(rows) for rows in postings.values() if rows[0].entry.kind in RECEIPTS]
    return Minutes(
        meeting=meeting,
        close=close,
        attendance=_attendance(meeting, len(receipts)),
        pools=tuple(_pool(group, unit, first, postings) for unit in (OPERATING, ADMINISTRATIVE)),
        count=valid_count(meeting),
        receipts=(len(receipts), min(receipts, default=0), max(receipts, default=0)),
        vouchers=sum(1 for entry in entries if entry.plain_kind in PRINTED and entry.kind not in RECEIPTS),
        transfers=(sum(1 for satang in transfers if satang), sum(transfers)),
        signers=_signers(group, meeting, close),
        seal=seal_of(group, close),
    )


def _attendance(meeting: Meeting, receipts: int) -> tuple[tuple[str, int], ...]:
    rows = list(SheetRow.objects.filter(meeting=meeting).values_list("present", "received", "entry_id"))
    if not rows:
        return ((_("Members who paid"), receipts),)
    return (
        (_("Members on the sheet"), len(rows)),
        (_("Present"), sum(1 for present, _received, _entry in rows if present)),
        (_("Paid without being present"), sum(1 for present, _received, entry in rows if not present and entry)),
        (_("Paid nothing"), sum(1 for _present, _received, entry in rows if not entry)),
    )


def _pool(group: SavingsGroup, unit: str, first: int, postings: dict[int, list[Posting]]) -> PoolMinutes:
    before = Posting.objects.filter(group=group, account__code=f"{unit}{CASH}", entry_id__lt=first)
    start = before.order_by().aggregate(total=Sum("amount", default=0))["total"]
    moved: dict[tuple[bool, str], int] = defaultdict(int)
    for rows in postings.values():
        own = [posting for posting in rows if posting.account.code.startswith(unit)]
        cash = sum(posting.amount for posting in own if posting.account.code == f"{unit}{CASH}")
        if cash:
            for posting in own:
                if posting.account.code != f"{unit}{CASH}":
                    moved[cash < 0, posting.account.code] -= posting.amount
    lines = [
        PaperLine(flow_label(code, str(head_of(code).name), comes_in=not goes_out), satang)
        for (goes_out, code), satang in sorted(moved.items())
        if satang
    ]
    name = _("Operating pool") if unit == OPERATING else _("Administrative pool")
    return PoolMinutes(unit, name, start, tuple(lines), start + sum(moved.values()))


def _transferred(rows: Sequence[Posting]) -> int:
    return sum(posting.amount for posting in rows if posting.account.code[1:] == BANK and posting.amount > 0)


def _signers(group: SavingsGroup, meeting: Meeting, close: Entry) -> tuple[Signer, ...]:
    on = meeting.held_on
    codes = [close.maker, *close.approvers]
    found = Signers(group, codes)
    maker = found.of(close.maker, on)
    approver = found.of(close.approvers[0], on) if close.approvers else Signer()
    return (
        maker if maker.name else holder_of_office(group, Office.Role.TREASURER, on),
        approver if approver.name else holder_of_office(group, Office.Role.AUDIT, on),
        holder_of_office(group, Office.Role.CHAIR, on),
    )


def minutes_file(meeting: Meeting) -> bytes:
    """Print the minutes of a closed meeting, in Thai."""
    with translation.override("th"):
        minutes = minutes_of(meeting)
        if minutes is None:
            raise ValueError(f"meeting {meeting.pk} is not closed")
        return minutes_pdf(minutes_paper(minutes))


def minutes_paper(minutes: Minutes) -> MinutesPaper:
    """The minutes as they are typeset."""
    meeting, group = minutes.meeting, minutes.meeting.group
    return MinutesPaper(
        group=paper_name(group),
        place=paper_place(group),
        number=str(meeting),
        on=meeting.held_on,
        held_at=meeting.place,
        attendance=[
            (label, ngettext("%(count)s person", "%(count)s people", count) % {"count": count})
            for label, count in minutes.attendance
        ],
        pools=[
            PoolTotals(
                title=FULL_NAMES[pool.unit],
                lines=[PaperLine(_("Cash brought forward"), pool.before), *pool.lines],
                closing=PaperLine(_("Cash on hand"), pool.after),
            )
            for pool in minutes.pools
        ],
        count=_count_paper(minutes),
        signatures=[(signer.name, signer.office) for signer in minutes.signers],
        seal=minutes.seal,
        notes=minutes_notes(minutes),
        warning=_("Taken over from the group's paper books") if meeting.from_paper else "",
    )


def _count_paper(minutes: Minutes) -> CashCountPaper | None:
    count = minutes.count
    if count is None:
        return None
    return CashCountPaper(
        pieces=[(pieces.value, pieces.count) for pieces in from_stored(count.denominations)],
        expected=count.expected_satang,
        counted_by=count.counted_by.display_name if count.counted_by else "",
        reason=count.reason,
    )


def minutes_notes(minutes: Minutes) -> list[str]:
    """What else the minutes record: numbers of receipts and vouchers, money that came by transfer."""
    notes = []
    receipts, first, last = minutes.receipts
    if receipts:
        said = ngettext("%(count)s receipt, no. %(first)s", "%(count)s receipts, no. %(first)s to %(last)s", receipts)
        notes.append(said % {"count": receipts, "first": first, "last": last})
    if minutes.vouchers:
        notes.append(
            ngettext("%(count)s voucher", "%(count)s vouchers", minutes.vouchers) % {"count": minutes.vouchers}
        )
    transfers, satang = minutes.transfers
    if transfers:
        said = ngettext(
            "%(count)s receipt by bank transfer, %(satang)s baht, outside the box",
            "%(count)s receipts by bank transfer, %(satang)s baht together, outside the box",
            transfers,
        )
        notes.append(said % {"count": transfers, "satang": format_baht(satang)})
    return notes


def sign_sheet_file(meeting: Meeting) -> bytes:
    """Print the list on which the members of a meeting sign that they came."""
    with translation.override("th"):
        lines = [SignLine(str(member.number), member.full_name) for member in members_on_sheet(meeting)]
        paper = SignSheetPaper(
            group=paper_name(meeting.group),
            title=_("Who came to the meeting"),
            occasion=_("Meeting %(number)s") % {"number": meeting},
            on=meeting.held_on,
            lines=lines,
        )
        return sign_sheet_pdf(paper)
