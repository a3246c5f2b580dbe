"""An entry before it is posted: its lines in the words of bookkeeping, its people, its words."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from funds import chain
from funds.errors import MalformedEntry
from funds.models import Account, Entry
from members.models import Member, Office, PassbookAccess, User

Person: TypeAlias = User | str
Payee: TypeAlias = Member | User | str
CODE_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class Line(NamedTuple):
    """One line of an entry: debit > 0, credit < 0."""

    account: Account
    satang: int


def debit(account: Account, satang: int) -> Line:
    """A line in the debit column. satang > 0."""
    return Line(account, _positive(satang))


def credit(account: Account, satang: int) -> Line:
    """A line in the credit column. satang > 0."""
    return Line(account, -_positive(satang))


def _positive(satang: int) -> int:
    if isinstance(satang, bool) or not isinstance(satang, int) or not 0 < satang <= chain.LARGEST:
        raise MalformedEntry(fault=f"amount {satang!r}")
    return satang


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """What one entry shall say.

    by, ok: who records it and who approved it, users or codes. operation: its own id; without one it gets one from the
    batch's. declared: the counted balances of a meeting's close, satang by account code. payee: who gets the money;
    never by or ok. then_replaced: a reversal whose replacement follows; floors hold after the pair.
    """

    kind: str
    on: date
    by: Person
    lines: Sequence[Line] = ()
    ok: Iterable[Person] = ()
    operation: uuid.UUID | None = None
    details: Mapping[str, Any] | None = None
    declared: Mapping[str, int] | None = None
    payee: Payee | Iterable[str] | None = None
    reverses: Entry | None = None
    then_replaced: bool = False


@dataclass(frozen=True)
class People:
    """The codes of those who act in an entry."""

    maker: str
    approvers: tuple[str, ...]
    payees: tuple[str, ...] = field(default=())


def people_of(draft: EntryDraft) -> People:
    """The codes behind a draft's people; approvers sorted, each once."""
    payees = () if draft.payee is None else tuple(sorted(_payee_codes(draft.payee)))
    return _people(code_of(draft.by), frozenset(map(code_of, draft.ok)), payees)


@lru_cache(maxsize=256)
def _people(maker: str, approvers: frozenset[str], payees: tuple[str, ...]) -> People:
    return People(maker, tuple(sorted(approvers)), payees)


def code_of(person: Person) -> str:
    """A person's code in the journal."""
    return _checked_code(person if isinstance(person, str) else person.code)


@lru_cache(maxsize=1024)
def _checked_code(code: str) -> str:
    if CODE_FORM.fullmatch(code) is None:
        raise MalformedEntry(fault=f"person {code!r}")
    return code


def _payee_codes(payee: Payee | Iterable[str]) -> set[str]:
    """Everyone behind a payee: for a member all who open the passbook and the officer who is that member."""
    if isinstance(payee, User | str):
        return {code_of(payee)}
    if isinstance(payee, Member):
        openers = PassbookAccess.objects.filter(member=payee).values_list("user__code", flat=True)
        return {*openers, *Office.objects.filter(member=payee).values_list("user__code", flat=True)}
    return {code_of(code) for code in payee}
