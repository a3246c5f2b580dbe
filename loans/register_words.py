"""The states of a loan in words, with the look of their badges; the events of its life as lines."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loans.models import Decision, Letter, Loan, LoanAct, LoanApplication
from loans.picture import DUE, LATE, PAID, TO_COME
from loans.selectors.loan_page import LoanPage
from members.models import SavingsGroup
from thai.dates import format_date
from thai.language import active_language
from thai.money import format_baht

STATES: dict[str, tuple[str | Promise, str, str]] = {
    "waiting": (gettext_lazy("Not paid out yet"), "warning", "clock"),
    "running": (gettext_lazy("Being repaid"), "ok", "check"),
    "late": (pgettext_lazy("loan", "Overdue"), "late", "warn"),
    "closed": (gettext_lazy("Paid back"), "", "lock"),
    "written_off": (gettext_lazy("Written off"), "late", "x"),
    "cancelled": (gettext_lazy("Contract cancelled"), "", "x"),
    "void": (gettext_lazy("Void: the payout was reversed"), "", "x"),
}
SHOW_LABELS: dict[str, str | Promise] = {
    "live": gettext_lazy("Being repaid"),
    "late": pgettext_lazy("loan", "Overdue"),
    "waiting": gettext_lazy("Not paid out yet"),
    "closed": pgettext_lazy("loan", "Ended"),
    "all": gettext_lazy("All"),
}
PIECES: dict[str, str | Promise] = {
    PAID: pgettext_lazy("instalment", "Paid"),
    LATE: pgettext_lazy("loan", "Overdue"),
    DUE: gettext_lazy("Due today"),
    TO_COME: gettext_lazy("Still to come"),
}


@dataclass(frozen=True)
class Event:
    """One line of a loan's history; `url` is where it is kept."""

    on: date
    text: str
    url: str = ""
    is_late: bool = False


def day(on: date) -> str:
    """A day in the reader's language, short."""
    return format_date(on, "short", active_language())


def state_words(state: str) -> tuple[str, str, str]:
    """A state's name, the level of its badge, its icon."""
    name, level, icon = STATES[state]
    return str(name), level, icon


def history_of(page: LoanPage, group: SavingsGroup) -> list[Event]:
    """What happened to a loan, in order of its days."""
    loan = page.loan
    found = [*_asked(loan, group), Event(loan.contracted_on, _("Contract made"))]
    if loan.signed_on is not None and loan.made_by_id is not None:
        found.append(Event(loan.signed_on, _("Contract signed by everybody")))
    if loan.brought_on is not None:
        words = {"amount": format_baht(loan.brought_satang or 0)}
        found.append(Event(loan.brought_on, _("Brought forward into these books: %(amount)s baht owed") % words))
    if loan.paid_out_on is not None:
        url = reverse("reports:entry", args=[group.code, loan.entry.n]) if loan.entry else ""
        found.append(
            Event(loan.paid_out_on, _("Paid out: %(amount)s baht") % {"amount": format_baht(loan.satang)}, url)
        )
    if loan.cancelled_on is not None:
        words = {"why": loan.cancelled_reason or "–"}
        found.append(Event(loan.cancelled_on, _("Contract cancelled: %(why)s") % words))
    found += [_act(act, group) for act in page.acts if act.cancelled_at is None]
    found += [_letter(letter, group) for letter in page.letters]
    if page.row.state == "closed" and page.repayments:
        last = max(row.repayment.paid_on for row in page.repayments)
        found.append(Event(last, _("Everything paid back")))
    return sorted(found, key=lambda event: event.on)


def _asked(loan: Loan, group: SavingsGroup) -> list[Event]:
    application: LoanApplication | None = loan.application
    if application is None:
        return []
    url = reverse("loans:application", args=[group.code, application.pk])
    amount = {"amount": format_baht(application.satang)}
    found = [Event(application.asked_on, _("Asked for %(amount)s baht") % amount, url)]
    decision: Decision | None = getattr(application, "decision", None)
    if decision is not None:
        words = {"amount": format_baht(decision.satang), "number": decision.resolution.number}
        text = _("The committee granted %(amount)s baht by resolution %(number)s") % words
        found.append(Event(decision.resolution.decided_on, text))
    return found


def _act(act: LoanAct, group: SavingsGroup) -> Event:
    words = {"what": act.get_kind_display(), "why": act.reason}
    text = _("%(what)s: %(why)s") % words if act.entry_id else _("%(what)s, waiting for approval: %(why)s") % words
    return Event(act.done_on, text, reverse("loans:act", args=[group.code, act.pk]))


def _letter(letter: Letter, group: SavingsGroup) -> Event:
    words = {"what": letter.get_kind_display(), "number": letter.number}
    text = _("%(what)s no. %(number)s written") % words
    if letter.guarantee is not None:
        text = _("%(what)s no. %(number)s written to %(name)s") % (words | {"name": letter.guarantee.member.full_name})
    if letter.sent_on is not None:
        text += " · " + _("sent on %(day)s") % {"day": day(letter.sent_on)}
    return Event(letter.written_on, text, reverse("loans:letter", args=[group.code, letter.pk]), is_late=True)
