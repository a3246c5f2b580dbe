"""Activation slips: a code on paper, a proof that is not on it, a password of one's own.

Issue, use and re-issue are decisions in the group's journal, so that the member and the auditor see every one of them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from funds.journal import EntryDraft, post_entries, post_entry
from members.access import Right, has_right
from members.models import ActivationSlip, Member, SavingsGroup, User
from members.models.slips import MAX_TRIES
from members.sealing import blind_index
from members.services import end_all_sessions, user_for_member
from members.throttle import TryAgainLater, begin_try, network_of, take_back
from membership.sitting import had_slip, needs_second_officer
from membership.slip_errors import (
    ForeignMember,
    HandoverUnsigned,
    HasLeft,
    IssuedAlready,
    NotTheirSlip,
    ProofWrong,
    SittingOfficerUnsigned,
    SlipDelayed,
    SlipSpent,
    SlipUnknown,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
VALID_FOR = timedelta(days=14)
PURPOSE = "slip"


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
    *,
    group: SavingsGroup,
    members: Sequence[Member],
    by: User,
    cosigned_by: User | None = None,
    operation: UUID | None = None,
) -> list[IssuedSlip]:
    """Make a slip for each member; whoever had one before gets a new one, and all their sessions end.

    Posts one decision a slip: slip_issue, or slip_reissue with the sessions ended. `cosigned_by` is the second officer
    who signs the hand-over where no birth date is on file, and a new slip of somebody who holds an office now. The same
    `operation` issues nothing again, for its codes are known to nobody any more. Raises IssuedAlready, NotTheirSlip,
    HandoverUnsigned, SittingOfficerUnsigned, HasLeft.
    """
    list(Member.objects.select_for_update().filter(pk__in=[one.pk for one in members]).order_by("pk").values("pk"))
    _refuse_issued(operation)
    issued: list[IssuedSlip] = []
    drafts: list[EntryDraft] = []
    for place, member in enumerate(members, start=1):
        if member.group_id != group.pk:
            raise ForeignMember()
        if member.status in (Member.Status.APPLICANT, Member.Status.DECEASED):
            raise HasLeft(name=member.full_name)
        user = user_for_member(member=member, by=by)
        named = operation if place == len(members) else None  # the batch bears the name of its last decision
        issued.append(_issue(group, user, member, by, cosigned_by, named))
        drafts.append(_draft(issued[-1].slip))
    if drafts:
        batch = drafts[-1].operation
        assert batch is not None
        post_entries(group=group, drafts=drafts, operation=batch)
    return issued


@transaction.atomic
def issue_officer_slip(
    *, group: SavingsGroup, user: User, by: User, cosigned_by: User | None = None, operation: UUID | None = None
) -> IssuedSlip:
    """Make a slip for an officer who is not in the register. Posts and raises as `issue_slips`."""
    if not user.offices.filter(group=group).exists():
        raise ForeignMember()
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    _refuse_issued(operation)
    issued = _issue(group, user, None, by, cosigned_by, operation)
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
    operation: UUID | None = None,
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
        operation=operation or uuid4(),
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


def has_issued(*, group: SavingsGroup, by: User, operation: UUID) -> bool:
    """Whether an officer has issued slips of the group with this operation: by the first of two clicks."""
    return ActivationSlip.objects.filter(group=group, issued_by=by, operation=operation).exists()


def _refuse_issued(operation: UUID | None) -> None:
    """Looked up after whom the slips are for was locked, so that the second of two clicks sees what the first did."""
    if operation is not None and ActivationSlip.objects.filter(operation=operation).exists():
        raise IssuedAlready()


def _issue(
    group: SavingsGroup,
    user: User,
    member: Member | None,
    by: User,
    cosigned_by: User | None,
    operation: UUID | None,
) -> IssuedSlip:
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
    return make_slip(
        group=group, user=user, by=by, proof=proof, member=member, cosigned_by=witness, operation=operation
    )


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
