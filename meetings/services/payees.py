"""Nobody asks for, or approves, what concerns their own money."""

from meetings.errors import PayeeIsOfficer
from members.models import Office, PassbookAccess, User


def refuse_own_business(*, member_id: int | None, officer: User) -> None:
    """Refuse an officer who is this member, or who opens this member's passbook. Raises PayeeIsOfficer."""
    if member_id is None:
        return
    opens = PassbookAccess.objects.filter(member=member_id, user=officer).exists()
    if opens or Office.objects.filter(member=member_id, user=officer).exists():
        raise PayeeIsOfficer
