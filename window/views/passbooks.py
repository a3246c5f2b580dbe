"""Whose window is open: only passbooks that the visitor may read."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest

from members.access import Right, group_or_404, passbooks_of
from members.models import Member


def opened(request: HttpRequest, group_code: str) -> tuple[Member, Sequence[Member]]:
    """The passbook that the address names, among those that the visitor may open; the own one unless told."""
    group = group_or_404(request.user, group_code, Right.OWN_WINDOW)
    books = list(passbooks_of(request.user, group).select_related("group__village__tambon__district"))
    number = request.GET.get("member")
    if number is None:
        return books[0], books
    for book in books:
        if number == str(book.number):
            return book, books
    raise Http404


def common(member: Member, books: Sequence[Member]) -> dict[str, Any]:
    """What every page of the window needs: the group, the passbook shown, and those that can be chosen."""
    own = f"?member={member.number}" if member != books[0] else ""
    return {"group": member.group, "member": member, "books": books if len(books) > 1 else [], "of_member": own}
