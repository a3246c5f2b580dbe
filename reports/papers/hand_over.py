"""The hand-over list in words: parts with lines, the same on the screen and on paper, in the active language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.chart import ADMINISTRATIVE, OPERATING
from members.models import Office
from papers.listing import Column, ListingPaper, Section, listing_pdf
from reports.papers.slips import paper_name, paper_place
from reports.selectors.hand_over import BankHandedOver, HandOver, LoansHandedOver
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht
from thai.months import format_month


@dataclass(frozen=True)
class Item:
    """One line: what, how much (satang or words), what more there is to say, and a box to tick where it is a thing."""

    text: str
    satang: int | None = None
    value: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """The amount or the words."""
        return self.value if self.satang is None else format_baht(self.satang)


@dataclass(frozen=True)
class Part:
    """A part of the list."""

    title: str
    items: tuple[Item, ...]
    empty: str = ""


def parts_of(found: HandOver) -> list[Part]:
    """The list, part by part."""
    return [
        Part(_("Cash in hand"), _cash(found)),
        Part(_("Bank accounts"), _banks(found.banks), _("No bank account.")),
        Part(_("Loans to members"), _loans(found.loans), _("No loan is out.")),
        Part(_("Open items"), _open(found), _("Nothing is open.")),
        Part(_("The sheet under way"), _sheet(found), _("No meeting is under way.")),
        Part(_("The books"), _books(found), _("The books are not open yet.")),
        Part(_("Keys and papers"), tuple(Item(text, value="...............") for text in _things())),
    ]


def _cash(found: HandOver) -> tuple[Item, ...]:
    names = {OPERATING: _("Operating pool, per books"), ADMINISTRATIVE: _("Administrative pool, per books")}
    items = [Item(names[unit], satang) for unit, satang in found.cash.items()]
    items.append(Item(_("Together, to be counted at the hand-over"), found.cash_satang))
    if found.count is not None:
        words = {"number": found.count.meeting, "day": _day(found.count.meeting.held_on)}
        note = ""
        if found.count.difference_satang:
            note = _("differed from the books by %(satang)s") % {"satang": format_baht(found.count.difference_satang)}
        items.append(
            Item(_("Last count: meeting %(number)s of %(day)s") % words, found.count.counted_satang, note=note)
        )
    items.append(Item(_("Counted at the hand-over"), value="........................"))
    return tuple(items)


def _banks(banks: Sequence[BankHandedOver]) -> tuple[Item, ...]:
    items = []
    for one in banks:
        note = _("never compared with the bank book and signed")
        if one.last is not None:
            words = {
                "month": format_month(one.last.month, "long", active_language()),
                "satang": format_baht(one.last.book_satang),
            }
            note = _("last compared and signed: %(month)s, bank book %(satang)s") % words
        items.append(Item(one.bank.label or _("Bank account"), one.bank.satang, note=note))
    return tuple(items)


def _loans(loans: LoansHandedOver) -> tuple[Item, ...]:
    items = []
    if loans.count:
        text = ngettext("Principal owed on %(count)s loan", "Principal owed on %(count)s loans", loans.count)
        items.append(Item(text % {"count": loans.count}, loans.satang, note=_("each contract lies in the folder")))
    if loans.late:
        text = ngettext("Overdue on %(count)s loan", "Overdue on %(count)s loans", loans.late)
        items.append(Item(text % {"count": loans.late}, loans.overdue))
    if loans.unpaid:
        text = ngettext("%(count)s contract not paid out yet", "%(count)s contracts not paid out yet", loans.unpaid)
        items.append(Item(text % {"count": loans.unpaid}, loans.unpaid_satang))
    return tuple(items)


def _open(found: HandOver) -> tuple[Item, ...]:
    items = [
        Item(
            _("Waits for a second officer: %(title)s") % {"title": one.title},
            one.satang,
            note=_("to %(payee)s, asked by %(name)s") % {"payee": one.to or "–", "name": one.asked_by.display_name},
        )
        for one in found.waiting
    ]
    items += [
        Item(
            _("Advance to %(name)s") % {"name": one.name},
            one.satang,
            note=_("since %(day)s") % {"day": _day(one.since)},
        )
        for one in found.advances
    ]
    lenders = {OPERATING: _("Lent by the operating pool"), ADMINISTRATIVE: _("Lent by the administrative pool")}
    items += [
        Item(lenders[one.lender], one.satang, note=_("since %(day)s") % {"day": _day(one.since)}) for one in found.debts
    ]
    if found.transfers:
        text = ngettext(
            "%(count)s transfer not yet seen in the bank book",
            "%(count)s transfers not yet seen in the bank book",
            found.transfers,
        )
        items.append(Item(text % {"count": found.transfers}))
    if found.unfetched.count:
        text = ngettext(
            "Dividend and rebate that %(count)s member has not fetched",
            "Dividend and rebate that %(count)s members have not fetched",
            found.unfetched.count,
        )
        items.append(Item(text % {"count": found.unfetched.count}, found.unfetched.satang))
    if found.slips:
        text = ngettext(
            "%(count)s slip to sign in printed and not used",
            "%(count)s slips to sign in printed and not used",
            found.slips,
        )
        items.append(Item(text % {"count": found.slips}))
    return tuple(items)


def _sheet(found: HandOver) -> tuple[Item, ...]:
    half = found.half_done
    if half is None:
        return ()
    words = {"number": half.meeting, "day": _day(half.meeting.held_on), "state": half.meeting.get_status_display()}
    entered = _("%(entered)s of %(of)s members are entered") % {"entered": half.entered, "of": half.of}
    return (Item(_("Meeting %(number)s of %(day)s: %(state)s") % words, half.satang, note=entered),)


def _books(found: HandOver) -> tuple[Item, ...]:
    if found.head is None:
        return ()
    items = [
        Item(_("Last entry"), value=f"{found.head.n:,}", note=_day(found.head.booked_on)),
        Item(_("Code of the books at this entry"), value=found.head.paper_code),
    ]
    if found.receipt:
        items.append(Item(_("Last receipt no."), value=f"{found.receipt.n:,}", note=_day(found.receipt.booked_on)))
    if found.voucher:
        items.append(Item(_("Last voucher no."), value=f"{found.voucher.n:,}", note=_day(found.voucher.booked_on)))
    return tuple(items)


def _things() -> list[str]:
    return [
        _("Cash box with its key"),
        _("Bank books"),
        _("Receipts and vouchers on paper, bound by meeting"),
        _("Minutes and register of members"),
        _("Stamp of the group"),
        _("Contracts and documents of members"),
        _("The computer, telephone or tablet of the group"),
    ]


def name_of(office: Office | None) -> str:
    """Who holds an office, as the papers name them; nobody is an empty line to fill in."""
    return "" if office is None else office.user.display_name


def hand_over_file(found: HandOver) -> bytes:
    """Print the list, in Thai, for both treasurers and the auditor to sign."""
    with translation.override("th"):
        columns = (Column("รายการ", "1fr"), Column("จำนวน", "46mm", "right"), Column("หมายเหตุ", "62mm"))
        sections = [
            Section(
                part.title,
                columns if part.items else (),
                [[item.text, item.shown, item.note] for item in part.items],
                note="" if part.items else part.empty,
            )
            for part in parts_of(found)
        ]
        return listing_pdf(
            ListingPaper(
                group=paper_name(found.leaving.group),
                title="บัญชีส่งมอบงานเหรัญญิก",
                occasion=(f"ณ วันที่ {format_date(found.on)}", paper_place(found.leaving.group)),
                sections=sections,
                signers=[
                    (name_of(found.leaving), "เหรัญญิก ผู้ส่งมอบ"),
                    (name_of(found.coming), "เหรัญญิก ผู้รับมอบ"),
                    (name_of(found.auditor), "ผู้ตรวจสอบ พยาน"),
                ],
                size="10.5pt",
            )
        )


def _day(day: date) -> str:
    return format_date(day, "short", active_language())
