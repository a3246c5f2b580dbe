"""Nobody asks for, or approves, what is paid to themselves; nobody approves what they asked for."""

from funds.errors import PeopleNotApart
from funds.models import Voucher
from members.access import Right, has_right
from members.cosign import SignerIsAsker, SignerLacksRight
from members.models import Member, Office, PassbookAccess, User


def refuse_own_business(*, member: Member | None, officer: User) -> None:
    """Refuse an officer who is this member, or who opens this member's passbook. Raises PeopleNotApart."""
    if member is None:
        return
    opens = PassbookAccess.objects.filter(member=member, user=officer).exists()
    if opens or Office.objects.filter(member=member, user=officer).exists():
        raise PeopleNotApart


def refuse_approver(*, voucher: Voucher, approver: User) -> None:
    """Refuse whoever asked, is paid, or holds no office. Raises SignerIsAsker, PeopleNotApart, SignerLacksRight."""
    if approver.pk == voucher.requested_by_id:
        raise SignerIsAsker
    if not has_right(approver, voucher.group, Right.COSIGN):
        raise SignerLacksRight(name=approver.display_name)
    refuse_own_business(member=voucher.member, officer=approver)
