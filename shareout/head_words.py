"""What the purposes of a profit are called. `templates/shareout/head_name.html` prints the same words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shareout.policy import Head

HEAD_LABELS: dict[Head, Promise] = {
    Head.DIVIDEND: _("Dividend"),
    Head.REBATE: _("Rebate"),
    Head.RESERVE: _("Reserve"),
    Head.COMMITTEE: _("Committee pay"),
    Head.WELFARE: _("Welfare"),
    Head.PUBLIC: _("Public benefit"),
    Head.ADMINISTRATION: _("To the administrative pool"),
}
# What rounding leaves never goes back to the members: they would have to be reckoned anew.
REST_LABELS: dict[Head, Promise] = {
    **{head: label for head, label in HEAD_LABELS.items() if head not in (Head.DIVIDEND, Head.REBATE)},
    Head.OTHER: _("The first of the other funds"),
}


def head_label(head: str, name: str = "") -> str:
    """The name of a purpose; another fund has its own."""
    return name or str(HEAD_LABELS.get(Head(head), ""))
