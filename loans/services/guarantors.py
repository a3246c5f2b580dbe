"""Guarantors: named, given their word on paper or on the own page, declined, replaced.

All of it behind the book's lock: what one guarantor's savings cover is promised once.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from funds.accounts import account_for
from funds.journal import lock_book
from funds.services.keeping import place_hold, release_hold
from loans.applying_errors import (
    AccountTooYoung,
    BorrowerIsNoGuarantor,
    CoverTooSmall,
    GuaranteeStands,
    GuarantorDecides,
    KindMayNotGuarantee,
    NamedAlready,
    NoSuchGuarantor,
    NotAskedNow,
    NotInThisState,
    OwnWordOnPaper,
    SpouseAlone,
    TooManyGuarantees,
)
from loans.models import CommitteeVote, Decision, Guarantee, Loan, LoanApplication
from loans.selectors.cover import PLEDGE, cover_of, free_savings, free_savings_of, standing_guarantees
from loans.selectors.guarantors import (
    borrower_of,
    count_live_guarantees,
    is_spouse,
    may_confirm_from,
    most_guarantees,
    own_members,
    users_of,
)
from loans.selectors.standings import live_loans
from loans.selectors.terms import terms_of_application
from loans.services.readiness import settle_readiness
from members.models import Member, User
from members.switches import switches_of_member
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

Status = LoanApplication.Status
NAMING = (Status.DRAFT, Status.SUBMITTED, Status.READY, Status.APPROVED)
WAITING = (Status.SUBMITTED, Status.READY, Status.APPROVED)
HOLD_REASON = "guarantee"


@transaction.atomic
def name_guarantor(*, application: LoanApplication, member: Member, by: User) -> Guarantee:
    """Name a member who is to stand guarantor; nothing is promised yet. Raises what `refuse_guarantor` does."""
    lock_book(application.group)
    row = _locked(application)
    if row.status not in NAMING:
        raise NotInThisState(state=row.get_status_display())
    refuse_guarantor(application=row, member=member)
    return _named(row, member, by)


@transaction.atomic
def confirm_guarantee(*, guarantee: Guarantee, way: str, by: User) -> Guarantee:
    """Take a guarantor's word: signed on paper and recorded by an officer, or given on the own page.

    What it stands for is fixed with it: an equal part of what the borrower's own savings leave open. Raises
    NotAskedNow, OwnWordOnPaper, AccountTooYoung, CoverTooSmall and what `refuse_guarantor` does.
    """
    application = _of_application(guarantee)
    lock_book(application.group)
    row, word = _locked(application), _word(guarantee)
    if word.confirmed_at is not None and word.declined_at is None and word.released_on is None:
        return word
    if not _is_asked(word) or row.status not in WAITING:
        raise NotAskedNow
    _refuse_voice(word, row, way, by)
    refuse_guarantor(application=row, member=word.member, named=word)
    part = cover_of(row).part
    free = free_savings_of(row.group, [word.member], without=row)[word.member_id]
    if part > free:
        raise CoverTooSmall(name=word.member.full_name, part=format_baht(part), free=format_baht(free))
    word.satang, word.way, word.confirmed_at, word.confirmed_by = part, way, timezone.now(), by
    word.save(update_fields=["satang", "way", "confirmed_at", "confirmed_by"])
    settle_readiness(row)
    return word


@transaction.atomic
def decline_guarantee(*, guarantee: Guarantee, by: User) -> Guarantee:
    """Let a guarantor say no, or take the word back, before the committee has decided. Raises GuaranteeStands."""
    application = _of_application(guarantee)
    lock_book(application.group)
    row, word = _locked(application), _word(guarantee)
    if word.declined_at is not None:
        return word
    if row.status == Status.CONTRACTED or (row.status == Status.APPROVED and word.confirmed_at is not None):
        raise GuaranteeStands
    if row.status not in NAMING or word.released_on is not None:
        raise NotAskedNow
    word.declined_at = timezone.now()
    word.save(update_fields=["declined_at"])
    settle_readiness(row)
    return word


@transaction.atomic
def replace_guarantor(
    *, guarantee: Guarantee, member: Member, reason: str, by: User, signed_on: date | None = None
) -> Guarantee:
    """Let another member stand in a guarantor's place; returns the new guarantee.

    Before the contract the new one is named and asked. From the contract on (signed_on: the day of the new guarantor's
    signature on paper) hold and part go over at once. Raises what `refuse_guarantor` does, CoverTooSmall,
    OwnWordOnPaper, NotInThisState, GuaranteeStands.
    """
    word = _word(guarantee)
    owner = word.loan or word.application
    assert owner is not None
    lock_book(owner.group)
    word = _word(guarantee)
    if word.declined_at is not None or word.released_on is not None:
        raise NotAskedNow
    if word.loan is not None:
        return _replaced_in_loan(word, word.loan, member, reason, by, signed_on)
    row = _locked(_of_application(word))
    if row.status not in NAMING:
        raise NotInThisState(state=row.get_status_display())
    refuse_guarantor(application=row, member=member, leaving=word)
    _released(word, reason)
    made = _named(row, member, by)
    settle_readiness(row)
    return made


def refuse_guarantor(
    *, application: LoanApplication, member: Member, named: Guarantee | None = None, leaving: Guarantee | None = None
) -> None:
    """Hold a member to the group's rules for guarantors; `named`: the own row, `leaving`: the one being replaced.

    Raises NoSuchGuarantor, BorrowerIsNoGuarantor, KindMayNotGuarantee, NamedAlready, TooManyGuarantees, SpouseAlone,
    GuarantorDecides.
    """
    borrower = application.member
    _refuse_person(member, borrower)
    others = standing_guarantees(application)
    for own in (named, leaving):
        others = others.exclude(pk=own.pk) if own is not None else others
    if any(each.member_id == member.pk for each in others):
        raise NamedAlready(name=member.full_name)
    _refuse_too_many(member, without=application)
    terms = terms_of_application(application)
    beside = [each for each in others if not is_spouse(each.member, borrower)]
    if is_spouse(member, borrower) and not beside and (terms is None or terms.guarantors <= 1):
        raise SpouseAlone(name=member.full_name)
    if _has_decided(application, member):
        raise GuarantorDecides(name=member.full_name)


def _refuse_person(member: Member, borrower: Member) -> None:
    if member.status != Member.Status.ACTIVE or member.group_id != borrower.group_id:
        raise NoSuchGuarantor
    if member.pk == borrower.pk:
        raise BorrowerIsNoGuarantor
    if not switches_of_member(member).may_guarantee:
        raise KindMayNotGuarantee(name=member.full_name)


def _refuse_too_many(member: Member, *, without: LoanApplication | None = None) -> None:
    count, most = count_live_guarantees(member, without=without), most_guarantees(member.group)
    if count >= most:
        raise TooManyGuarantees(name=member.full_name, count=count, most=most)


def _refuse_voice(word: Guarantee, row: LoanApplication, way: str, by: User) -> None:
    """Who may say that the word was given."""
    if way == Guarantee.Way.OWN_PAGE:
        if not own_members(by, row.group).filter(pk=word.member_id).exists():
            raise NotAskedNow
        day = may_confirm_from(by)
        if day is not None:
            language = active_language()
            opened = format_date(by.activated_on, "long", language) if by.activated_on else ""
            raise AccountTooYoung(opened=opened, day=format_date(day, "long", language))
    else:
        _refuse_recorder(by, word.member, row.member)


def _refuse_recorder(by: User, *concerned: Member) -> None:
    if by.pk in users_of(concerned):
        raise OwnWordOnPaper


def _has_decided(application: LoanApplication, member: Member) -> bool:
    users = list(users_of([member]))
    voted = CommitteeVote.objects.filter(decision__application=application, voter__in=users)
    decided = Decision.objects.filter(application=application)
    return (
        voted.exclude(vote=CommitteeVote.Vote.LEFT).exists()
        or decided.filter(recorded_by__in=users).exists()
        or decided.filter(confirmed_by__in=users).exists()
    )


def _replaced_in_loan(
    word: Guarantee, loan: Loan, member: Member, reason: str, by: User, signed_on: date | None
) -> Guarantee:
    is_awaiting = loan.paid_out_on is None and loan.cancelled_on is None
    if not is_awaiting and not live_loans(loan.group).filter(pk=loan.pk).exists():
        raise NotAskedNow
    if signed_on is None:
        raise GuaranteeStands
    _refuse_recorder(by, member, borrower_of(word), word.member)
    if word.application is not None:
        refuse_guarantor(application=word.application, member=member, leaving=word)
    else:
        _refuse_person(member, loan.member)
        _refuse_too_many(member)
        if Guarantee.objects.filter(loan=loan, member=member, declined_at=None, released_on=None).exists():
            raise NamedAlready(name=member.full_name)
    free = free_savings(member)
    if word.satang > free:
        raise CoverTooSmall(name=member.full_name, part=format_baht(word.satang), free=format_baht(free))
    if word.hold is not None and word.hold.released_at is None:
        release_hold(hold=word.hold, by=by)
    hold = None
    if word.satang:
        account = account_for(loan.group, PLEDGE, member.holder)
        hold = place_hold(account=account, satang=word.satang, reason=HOLD_REASON, by=by)
    _released(word, reason)
    return Guarantee.objects.create(
        application=word.application,
        loan=loan,
        member=member,
        position=word.position,
        satang=word.satang,
        named_by=by,
        named_at=timezone.now(),
        way=Guarantee.Way.PAPER,
        confirmed_at=timezone.now(),
        confirmed_by=by,
        signed_on=signed_on,
        hold=hold,
    )


def _released(word: Guarantee, reason: str) -> None:
    word.released_on, word.released_reason = timezone.localdate(), reason
    word.save(update_fields=["released_on", "released_reason"])


def _named(row: LoanApplication, member: Member, by: User) -> Guarantee:
    last: int = Guarantee.objects.filter(application=row).aggregate(last=Max("position", default=0))["last"]
    return Guarantee.objects.create(
        application=row, member=member, position=last + 1, named_by=by, named_at=timezone.now()
    )


def _is_asked(word: Guarantee) -> bool:
    return word.confirmed_at is None and word.declined_at is None and word.released_on is None


def _of_application(guarantee: Guarantee) -> LoanApplication:
    if guarantee.application is None:
        raise GuaranteeStands
    return guarantee.application


def _word(guarantee: Guarantee) -> Guarantee:
    related = ("member__group", "hold", "application__group", "loan__group", "loan__member", "application__member")
    return Guarantee.objects.select_related(*related).get(pk=guarantee.pk)


def _locked(application: LoanApplication) -> LoanApplication:
    found = LoanApplication.objects.select_for_update().get(pk=application.pk)
    found.group, found.member = application.group, application.member
    found.member.group = application.group
    return found
