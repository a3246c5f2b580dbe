"""The books of a group begin with balances from paper: signed by an auditor, posted as one entry, once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funds.accounts import accounts_for
from funds.journal import credit, debit, lock_book, open_book
from funds.models import Entry
from funds.services import start_books
from intake.errors import NothingTyped, OpeningDone, OpeningRefused
from intake.models import OpeningDraft, PaperContract, PaperGuarantee
from intake.opening.rows import MemberBalance, OpeningRead
from intake.selectors.openings import read_opening_of
from intake.services.loans import adopt_paper_contracts
from intake.services.people import MEN, ROWS_AT_ONCE, WOMEN
from intake.services.statistics import refresh_statistics
from meetings.plan import blocks_of
from members import cosign
from members.access import Right
from members.cosign import usable
from members.models import CoSignature, Member, SavingsGroup, User
from savings.models import PledgePeriod, SpecialBook
from savings.services.special import book_number
from thai.money import format_baht

MONEY = ("O1100", "O1200", "A1100", "A1200")


def opening_content(group: SavingsGroup, read: OpeningRead) -> dict[str | Promise, Any]:
    """What the auditor signs: whose books, of which day, their sums, and the fingerprint of every row."""
    sums = read.sums
    return {
        _("Group"): group.name,
        _("Balances at the end of"): read.day,
        _("Members"): len(read.members),
        _("Pledge savings"): format_baht(sums.get("O2100", 0)),
        _("Special savings"): format_baht(sums.get("O2200", 0)),
        _("Loans outstanding"): format_baht(sums.get("O1300", 0)),
        _("Cash and bank"): format_baht(sum(sums.get(code, 0) for code in MONEY)),
        _("Undivided profit"): format_baht(read.left_over),
        _("Administrative fund"): format_baht(sums.get("A3100", 0)),
        _("Code of the content"): " ".join(blocks_of(read.fingerprint())),
    }


@transaction.atomic
def ask_to_begin(*, group: SavingsGroup, by: User) -> CoSignature:
    """Ask an auditor to sign the balances as they stand; asked twice, it is one.

    Raises NothingTyped, OpeningRefused, OpeningDone.
    """
    draft, read = _fit(group)
    asked, content = draft.signature, opening_content(group, read)
    wanted = cosign.content_hash(group=group, by=by, content=content)
    if asked is not None and asked.content_hash == wanted and usable(asked) is not None:
        return asked
    draft.signature = cosign.request_cosign(
        group=group,
        by=by,
        right=Right.AUDIT,
        title=_("Open the books with balances from paper"),
        content=content,
        url=reverse("intake:opening-shown", args=[group.code]),
    )
    draft.save(update_fields=["signature"])
    return draft.signature


@transaction.atomic
def begin_from_paper(*, group: SavingsGroup, by: User) -> Entry:
    """Open the books with the signed balances; sent twice by the same treasurer, it is one entry.

    Posts: the opening. Members who are new to the register, pledges with their months owed, books of special savings
    and the contracts are written with it, or nothing is. Raises NothingTyped, OpeningRefused, OpeningDone,
    members.cosign.CoSignRefused.
    """
    open_book(group=group)
    lock_book(group)
    done = OpeningDraft.objects.filter(group=group, entry__isnull=False, posted_by=by).select_related("entry").first()
    if done is not None and done.entry is not None:
        return done.entry
    draft, read = _fit(group)
    if draft.signature is None:
        raise cosign.SignatureMissing
    approver = cosign.use(signature=draft.signature, content=opening_content(group, read), by=by)
    group.first_year_starts_on = read.starts_on
    group.save(update_fields=["first_year_starts_on"])
    members = _write_members(group, read)
    _write_pledges(group, read, members, by)
    _write_books(group, read, members, by)
    _write_contracts(group, read, members)
    accounts = accounts_for(group, {(code, holder) for code, holder, _satang in read.lines})
    lines = [
        debit(accounts[code, holder], satang) if satang > 0 else credit(accounts[code, holder], -satang)
        for code, holder, satang in read.lines
    ]
    entry = start_books(group=group, by=by, ok=[approver], operation=draft.operation, lines=lines)
    draft.entry, draft.posted_by, draft.approved_by, draft.tables = entry, by, approver, {}
    draft.save()
    adopt_paper_contracts(group)
    refresh_statistics()
    return entry


def _fit(group: SavingsGroup) -> tuple[OpeningDraft, OpeningRead]:
    """The draft and what it says, locked, without anything to correct."""
    open_book(group=group)
    lock_book(group)
    draft = OpeningDraft.objects.filter(group=group).select_related("signature").first()
    if draft is None:
        raise NothingTyped
    if draft.entry_id:
        raise OpeningDone
    read = read_opening_of(group, draft)
    errors = [problem for problem in read.problems if problem.is_error]
    if any(problem.code == "opening_books_begun" for problem in errors):
        raise OpeningDone
    if errors:
        raise OpeningRefused(count=len(errors))
    return draft, read


def _write_members(group: SavingsGroup, read: OpeningRead) -> dict[int, Member]:
    """The group's members by number; who is not in the register yet is written into it."""
    members = {member.number: member for member in Member.objects.filter(group=group)}
    new = [_member(group, one, read) for one in read.members if one.number not in members]
    for member in Member.objects.bulk_create(new, batch_size=ROWS_AT_ONCE):
        members[member.number] = member
    return members


def _member(group: SavingsGroup, one: MemberBalance, read: OpeningRead) -> Member:
    body = one.kind == Member.Kind.ASSOCIATE and not one.last_name
    return Member(
        group=group,
        number=one.number,
        kind=one.kind,
        status=Member.Status.ACTIVE,
        title=one.title,
        first_name="" if body else one.first_name,
        last_name="" if body else one.last_name,
        body_name=one.first_name if body else "",
        sex="f" if one.title in WOMEN else "m" if one.title in MEN else "",
        admitted_on=one.joined_on or read.day,
    )


def _write_pledges(group: SavingsGroup, read: OpeningRead, members: Mapping[int, Member], by: User) -> None:
    """One vow each, from the first month that is owed; a vow that the register has already stays as it is."""
    vowed = set(PledgePeriod.objects.filter(group=group).values_list("member_id", flat=True))
    PledgePeriod.objects.bulk_create(
        [
            PledgePeriod(
                group=group,
                member=members[one.number],
                satang=one.pledge,
                starts_on=read.first_month(one, members[one.number].admitted_on),
                set_by=by,
            )
            for one in read.members
            if one.pledge and members[one.number].pk not in vowed
        ],
        batch_size=ROWS_AT_ONCE,
    )


def _write_books(group: SavingsGroup, read: OpeningRead, members: Mapping[int, Member], by: User) -> None:
    """A book of special savings for every balance; a second one never without the first."""
    there = set(SpecialBook.objects.filter(group=group).values_list("number", flat=True))
    wanted = {
        book_number(members[one.number], book): members[one.number]
        for one in read.members
        for last in [max((place for place, satang in enumerate(one.special, start=1) if satang), default=0)]
        for book in range(1, last + 1)
    }
    SpecialBook.objects.bulk_create(
        [
            SpecialBook(group=group, member=member, number=number, opened_by=by)
            for number, member in wanted.items()
            if number not in there
        ],
        batch_size=ROWS_AT_ONCE,
    )


def _write_contracts(group: SavingsGroup, read: OpeningRead, members: Mapping[int, Member]) -> None:
    contracts = PaperContract.objects.bulk_create(
        [
            PaperContract(
                group=group,
                number=loan.contract,
                member=members[loan.number],
                contracted_on=loan.on,
                satang=loan.amount,
                instalments=loan.instalments,
                brought_satang=loan.brought,
            )
            for loan in read.loans
        ],
        batch_size=ROWS_AT_ONCE,
    )
    PaperGuarantee.objects.bulk_create(
        [
            PaperGuarantee(contract=contract, member=members[number], position=position)
            for contract, loan in zip(contracts, read.loans, strict=True)
            for position, number in enumerate(loan.guarantors, start=1)
        ],
        batch_size=ROWS_AT_ONCE,
    )
