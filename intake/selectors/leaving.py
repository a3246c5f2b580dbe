"""What contracts from paper put in a leaver's way, as long as they have no loan's rows (`manage.py adopt_loans`)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from funds.selectors import balances
from intake.models import PaperContract
from loans.models import Loan
from members.models import Member
from membership.obstacles import Obstacle

LOANS = "O1300"


def paper_contracts(member: Member, on: date, for_update: bool) -> list[Obstacle]:
    """The member's own contracts and those guaranteed, as far as their account O1300 still has a balance."""
    adopted = Loan.objects.filter(group=member.group_id).values("number")
    kept = PaperContract.objects.filter(group=member.group_id).exclude(number__in=adopted)
    own = list(kept.filter(member=member))
    guaranteed = list(kept.filter(guarantees__member=member).select_related("member").distinct())
    if not own and not guaranteed:
        return []
    owed = balances(member.group, LOANS)
    found = []
    for contract in own:
        if satang := owed.get(contract.number, 0):
            text = _("Own loan, contract %(contract)s, is not paid back") % {"contract": contract.number}
            found.append(Obstacle(text, _account(member, contract), satang))
    for contract in guaranteed:
        if satang := owed.get(contract.number, 0):
            words = {"name": contract.member.full_name, "contract": contract.number}
            text = _("Stands guarantor for %(name)s, contract %(contract)s") % words
            found.append(Obstacle(text, _account(member, contract), satang))
    return found


def _account(member: Member, contract: PaperContract) -> str:
    return f"{reverse('reports:account', args=[member.group.code, LOANS])}?holder={contract.number}"
