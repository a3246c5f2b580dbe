"""Activation slips: a code on paper, a proof that is not on it, a password of one's own.

Issue, use and re-issue are decisions in the group's journal, so that the member and the auditor see every one of them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.journal import EntryDraft, post_entries, post_entry
from members.access import Right, has_right
from members.errors import DomainError
from members.models import ActivationSlip, Member, SavingsGroup, User
from members.models.slips import MAX_TRIES
from members.sealing import blind_index
from members.services import end_all_sessions, user_for_member
from members.throttle import TryAgainLater, begin_try, network_of, take_back
from membership.sitting import had_slip, needs_second_officer

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
VALID_FOR = timedelta(days=14)
PURPOSE = "slip"


class SlipRefused(DomainError):
    """A slip cannot be issued or used."""

    sentence = _("This slip cannot be used.")


class SlipUnknown(SlipRefused):
    """Unknown, used, replaced, expired or spent: one answer for all, so that nothing can be found out by trying."""

    sentence = _("This code does not work. Check it against your slip, or ask the committee for a new one.")


class SlipDelayed(SlipRefused):
    """Too many wrong codes from one place."""

    sentence = _("This code does not work. Try again in %(seconds)s seconds.")


class ProofWrong(SlipRefused):
    """The birth date is not the one on file."""

    sentence = _("The birth date does not match the register. Tries left with this slip: %(left)s")


class SlipSpent(SlipRefused):
    """Five wrong birth dates."""

    sentence = _("The birth date did not match five times. Please ask the committee for a new slip.")


class NotTheirSlip(SlipRefused):
    """The secretary issues slips; nobody issues their own."""

    sentence = _("The secretary issues slips. The secretary's own slip is issued by another officer.")


class HandoverUnsigned(SlipRefused):
    """Without a birth date on file, a second officer signs that the slip was handed to the right person."""

    sentence = _("No birth date of %(name)s is on file. A second officer must sign that the slip is handed over.")


class SittingOfficerUnsigned(SlipRefused):
    """With a new slip of an officer somebody else could sit in the office; two officers stand behind it."""

    sentence = _("%(name)s holds an office and had a slip before. A second officer must sign for a new one.")


class ForeignMember(SlipRefused):
    """A member of another group."""

    sentence = _("This belongs to another group.")


class HasLeft(SlipRefused):
    """An applicant has no passbook yet; a person who died gets no slip."""

    sentence = _("%(name)s cannot get a slip now.")


@dataclass(frozen=True)
class IssuedSlip:
    """A new slip and its code in clear: known now, on paper afterwards, nowhere else."""

    slip: ActivationSlip
    code: str

    @property
    def printed_code(self) -> str:
        """The code as the paper shows it: KT7M 4QPX."""
        return f"{self.code[:4]} {self.code[4:]}"


def may_issue(*, group: SavingsGroup, user: User | None, by: User) -> bool:
    """Whether an officer may issue a slip for a user (None: a member who has no user yet)."""
    if user is not None and user.pk == by.pk:
        return False
    if has_right(by, group, Right.ISSUE_SLIPS):
        return True
    return user is not None and has_right(user, group, Right.ISSUE_SLIPS) and has_right(by, group, Right.SEE_PEOPLE)


@transaction.atomic
def issue_slips(
    *, group: SavingsGroup, members: Sequence[Member], by: User, cosigned_by: User | None = None
) -> list[IssuedSlip]:
    """Make a slip for each member; whoever had one before gets a new one, and all their sessions end.

    Posts one decision a slip: slip_issue, or slip_reissue with the sessions ended. `cosigned_by` is the second officer
    who signs the hand-over where no birth date is on file, and a new slip of somebody who holds an office now. Raises
    NotTheirSlip, HandoverUnsigned, SittingOfficerUnsigned, HasLeft.
    """
    issued: list[IssuedSlip] = []
    drafts: list[EntryDraft] = []
    for member in members:
        if member.group_id != group.pk:
            raise ForeignMember()
        if member.status in (Member.Status.APPLICANT, Member.Status.DECEASED):
            raise HasLeft(name=member.full_name)
        user = user_for_member(member=member, by=by)
        issued.append(_issue(group, user, member, by, cosigned_by))
        drafts.append(_draft(issued[-1].slip))
    if drafts:
        batch = drafts[-1].operation
        assert batch is not None
        post_entries(group=group, drafts=drafts, operation=batch)
    return issued


@transaction.atomic
def issue_officer_slip(*, group: SavingsGroup, user: User, by: User, cosigned_by: User | None = None) -> IssuedSlip:
    """Make a slip for an officer who is not in the register. Posts and raises as `issue_slips`."""
    if not user.offices.filter(group=group).exists():
        raise ForeignMember()
    issued = _issue(group, user, None, by, cosigned_by)
    draft = _draft(issued.slip)
    post_entries(group=group, drafts=[draft], operation=issued.slip.operation)
    return issued


def make_slip(
    *,
    group: SavingsGroup,
    user: User,
    by: User,
    proof: str,
    member: Member | None = None,
    cosigned_by: User | None = None,
    founding: UUID | None = None,
) -> IssuedSlip:
    """Write a slip without a decision of its own; an earlier live one of the user is void from now on.

    `founding`: the operation of the decision behind a first officer's slip.
    """
    now = timezone.now()
    live = ActivationSlip.objects.filter(user=user, used_at__isnull=True, voided_at__isnull=True)
    live.update(voided_at=now)
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
    slip = ActivationSlip.objects.create(
        group=group,
        user=user,
        member=member,
        code_hash=_hash(code),
        proof=proof,
        issued_by=by,
        cosigned_by=cosigned_by,
        founding=founding,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    return IssuedSlip(slip=slip, code=code)


def look_up_slip(*, code: str, address: str) -> ActivationSlip:
    """The live slip of a code; wrong codes bring a growing delay. Raises SlipUnknown, SlipDelayed."""
    try:
        attempt = begin_try(account=f"slip {network_of(address)}", address=address)
    except TryAgainLater as delay:
        raise SlipDelayed(seconds=delay.seconds) from None
    slip = live_slips().filter(code_hash=_hash(code)).select_related("user", "member", "group__village").first()
    if slip is None:
        raise SlipDelayed(seconds=attempt.wait) if attempt.wait else SlipUnknown()
    take_back(attempt)
    return slip


def live_slips() -> QuerySet[ActivationSlip]:
    """The slips that can be used now."""
    now = timezone.now()
    return ActivationSlip.objects.filter(
        Q(used_at__isnull=True, voided_at__isnull=True, expires_at__gt=now, tries__lt=MAX_TRIES), user__is_active=True
    )


def use_slip(*, slip: ActivationSlip, birth_on: date | None, password: str) -> User:
    """Set a password with a slip: once, with the birth date on file (a body's is its representative's).

    Every session of the user ends and a code from the phone is no longer asked for. Posts slip_use. A wrong birth
    date counts even though it is refused. Raises SlipUnknown, ProofWrong, SlipSpent.
    """
    with transaction.atomic():
        held = live_slips().select_for_update(of=("self",)).select_related("user", "group").filter(pk=slip.pk).first()
        if held is None:
            raise SlipUnknown()
        if held.proof == ActivationSlip.Proof.HANDOVER or (birth_on and birth_on == held.user.birth_on):
            return _use(held, password)
        ActivationSlip.objects.filter(pk=held.pk).update(tries=F("tries") + 1)
        left = MAX_TRIES - held.tries - 1
    raise ProofWrong(left=left) if left else SlipSpent()


def slips_of_group(group: SavingsGroup, *, words: str = "") -> QuerySet[ActivationSlip]:
    """The slips of a group, the newest first, as the auditor sees them; `words` is part of the person's name."""
    found = ActivationSlip.objects.filter(group=group, user__display_name__icontains=words)
    return found.select_related("user", "member", "issued_by", "cosigned_by")


def _issue(group: SavingsGroup, user: User, member: Member | None, by: User, cosigned_by: User | None) -> IssuedSlip:
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    if not may_issue(group=group, user=user, by=by):
        raise NotTheirSlip()
    proof = ActivationSlip.Proof.BIRTH if user.birth_on else ActivationSlip.Proof.HANDOVER
    signed = _may_witness(group, cosigned_by, user, by)
    if proof == ActivationSlip.Proof.HANDOVER and not signed:
        raise HandoverUnsigned(name=user.display_name)
    if not signed and needs_second_officer(group=group, user=user, by=by):
        raise SittingOfficerUnsigned(name=user.display_name)
    if had_slip(user):
        end_all_sessions(user=user)
    witness = cosigned_by if signed else None
    return make_slip(group=group, user=user, by=by, proof=proof, member=member, cosigned_by=witness)


def _may_witness(group: SavingsGroup, signer: User | None, user: User, by: User) -> bool:
    return signer is not None and signer.pk not in (user.pk, by.pk) and has_right(signer, group, Right.COSIGN)


def _draft(slip: ActivationSlip) -> EntryDraft:
    again = slip.user.activated_on is not None or ActivationSlip.objects.filter(user=slip.user).count() > 1
    return EntryDraft(
        kind="slip_reissue" if again else "slip_issue",
        on=timezone.localdate(),
        by=slip.issued_by,
        ok=[slip.cosigned_by] if slip.cosigned_by else [],
        operation=slip.operation,
        details=_details(slip),
    )


def _use(slip: ActivationSlip, password: str) -> User:
    user = slip.user
    slip.used_at = timezone.now()
    slip.save(update_fields=["used_at"])
    user.set_password(password)
    user.activated_on = timezone.localdate()
    user.totp_sealed = ""
    user.save(update_fields=["password", "activated_on", "totp_sealed"])
    end_all_sessions(user=user)
    post_entry(
        group=slip.group,
        kind="slip_use",
        on=timezone.localdate(),
        by=user,
        lines=[],
        operation=slip.use_operation,
        details=_details(slip),
    )
    return user


def _details(slip: ActivationSlip) -> dict[str, str]:
    holder = slip.member.holder if slip.member else ""
    return {"person": slip.user.code, "name": slip.user.display_name, "member": holder, "proof": slip.proof}


def _hash(code: str) -> str:
    kept = "".join(letter for letter in code.upper() if letter in LETTERS)
    return blind_index(kept, purpose=PURPOSE)
