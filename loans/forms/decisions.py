"""What the committee resolved, as it is typed: one resolution, the votes, and what it says about each application."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from loans.models import CommitteeVote, Decision, LoanApplication
from loans.services.committee import Verdict
from loans.services.decisions import NewResolution
from members.forms.base import PlainForm, speak_plainly
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup, User
from thai.fields import CountField, MoneyField, ThaiDateField

LATEST = 30
OUTCOMES = [("", _("Not decided now")), *Decision.Outcome.choices]
VOTES = [("", _("Was absent")), *CommitteeVote.Vote.choices]
SELECT = {"class": "form-select"}


@dataclass(frozen=True)
class AskedRow:
    """One application with its fields."""

    application: LoanApplication
    outcome: Any
    satang: Any
    instalments: Any
    grace: Any
    reason: Any


class CommitteeForm(OnceForm):
    """One resolution, on file or new, the votes, and what was resolved about each application."""

    resolution = ResolutionChoice(
        label=_("Resolution on file"), queryset=Resolution.objects.none(), required=False,
        empty_label=_("None; a new one below"),
    )  # fmt: skip
    number = LineField(
        label=_("Number of the new resolution"), max_length=30, required=False,
        help_text=_("As in the minutes, such as 3/2569."),
    )  # fmt: skip
    decided_on = ThaiDateField(label=_("Date of the meeting"), required=False, latest=timezone.localdate)
    body = forms.ChoiceField(label=_("Decided by"), choices=Resolution.Body.choices, required=False)
    quorum = CountField(
        label=_("Quorum, if your rules set another one"), minimum=1, maximum=99, required=False,
        help_text=_("Left empty: more than half of those who decide on loans."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        group: SavingsGroup,
        asked: Sequence[LoanApplication],
        committee: Sequence[User],
        interests: Mapping[int, Mapping[int, str]],
        **kwargs: Any,
    ) -> None:
        self.asked, self.committee, self.interests = asked, committee, interests
        super().__init__(*args, **kwargs)
        on_file = self.fields["resolution"]
        assert isinstance(on_file, ResolutionChoice)
        latest = Resolution.objects.filter(group=group).order_by("-decided_on", "-pk").values_list("pk", flat=True)
        on_file.queryset = Resolution.objects.filter(pk__in=list(latest[:LATEST]))
        self.fields["decided_on"].initial = timezone.localdate()
        for user in committee:
            self.fields[f"vote_{user.pk}"] = forms.ChoiceField(
                label=_("Vote of %(name)s") % {"name": user.display_name}, choices=VOTES, required=False,
                initial="", widget=forms.Select(attrs=SELECT),
            )  # fmt: skip
        for one in asked:
            self._ask_about(one)
        speak_plainly(self)

    def _ask_about(self, one: LoanApplication) -> None:
        named = {"number": one.number, "name": one.member.full_name}
        text = {"class": "form-control", "autocomplete": "off"}
        self.fields[f"outcome_{one.pk}"] = forms.ChoiceField(
            label=_("Resolved about %(name)s") % named, choices=OUTCOMES, required=False,
            widget=forms.Select(attrs=SELECT),
        )  # fmt: skip
        self.fields[f"satang_{one.pk}"] = MoneyField(
            label=_("Amount approved (baht)"), required=False, initial=one.satang, maximum=one.satang,
            widget=forms.TextInput(attrs=text),
        )  # fmt: skip
        self.fields[f"instalments_{one.pk}"] = CountField(
            label=_("Term in months"), required=False, initial=one.instalments, minimum=1, maximum=360,
            widget=forms.TextInput(attrs=text),
        )  # fmt: skip
        self.fields[f"grace_{one.pk}"] = CountField(
            label=_("First months of interest only"), required=False, initial=0, minimum=0, maximum=359,
            widget=forms.TextInput(attrs=text),
        )  # fmt: skip
        self.fields[f"reason_{one.pk}"] = LineField(
            label=_("Reason, if less or nothing is approved"), required=False, max_length=200,
            widget=forms.TextInput(attrs=text),
        )  # fmt: skip
        for name in ("satang", "instalments", "grace"):
            self.fields[f"{name}_{one.pk}"].widget.attrs["class"] = "form-control form-control--money"

    def rows(self) -> Iterator[AskedRow]:
        """Each application with its fields."""
        for one in self.asked:
            names = ("outcome", "satang", "instalments", "grace", "reason")
            yield AskedRow(one, *(self[f"{name}_{one.pk}"] for name in names))

    def ballots(self) -> Iterator[tuple[User, Any]]:
        """Each member of the committee with the field of the vote."""
        for user in self.committee:
            yield user, self[f"vote_{user.pk}"]

    def clean(self) -> dict[str, Any]:
        """A resolution is named, somebody voted, whoever is refused is told why."""
        values = super().clean() or {}
        if not values.get("resolution"):
            for name in ("number", "decided_on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Please fill this in, or choose a resolution on file."))
        elif values.get("number"):
            self.add_error("number", _("Choose a resolution on file or write down a new one, not both."))
        for one in self.asked:
            outcome = values.get(f"outcome_{one.pk}")
            if outcome in (Decision.Outcome.REFUSED, Decision.Outcome.REDUCED) and not values.get(f"reason_{one.pk}"):
                self.add_error(f"reason_{one.pk}", _("Type why less or nothing is approved."))
            amount = f"satang_{one.pk}"
            if outcome == Decision.Outcome.REDUCED and not values.get(amount) and amount not in self.errors:
                self.add_error(amount, _("Type the amount approved."))
        return values

    def verdicts(self) -> list[Verdict]:
        """Those about whom something was resolved; whoever has an own interest left that vote."""
        found = []
        for one in self.asked:
            outcome = self.cleaned_data.get(f"outcome_{one.pk}")
            if not outcome:
                continue
            is_refused = outcome == Decision.Outcome.REFUSED
            is_approved = outcome == Decision.Outcome.APPROVED
            typed = self.cleaned_data.get(f"satang_{one.pk}") or 0
            found.append(
                Verdict(
                    application=one,
                    outcome=outcome,
                    satang=0 if is_refused else one.satang if is_approved else typed,
                    instalments=0 if is_refused else self.cleaned_data.get(f"instalments_{one.pk}") or one.instalments,
                    grace=0 if is_refused else self.cleaned_data.get(f"grace_{one.pk}") or 0,
                    reason=self.cleaned_data.get(f"reason_{one.pk}") or "",
                    votes=self._votes(one),
                )
            )
        return found

    def _votes(self, one: LoanApplication) -> dict[int, str]:
        """The votes typed once for all: who was present and has an interest in this one left before it."""
        interested = self.interests.get(one.pk, {})
        cast = {user.pk: self.cleaned_data.get(f"vote_{user.pk}") or "" for user in self.committee}
        return {pk: CommitteeVote.Vote.LEFT if pk in interested else word for pk, word in cast.items() if word}

    def behind(self, subject: str) -> Resolution | NewResolution:
        """The resolution on file, or the new one."""
        data = self.cleaned_data
        on_file = data.get("resolution")
        if isinstance(on_file, Resolution):
            return on_file
        return NewResolution(
            number=data["number"],
            decided_on=data["decided_on"],
            subject=subject,
            body=data.get("body") or Resolution.Body.COMMITTEE,
            quorum=data.get("quorum"),
        )


class RankForm(PlainForm):
    """A place in the queue, and why."""

    rank = CountField(label=_("Place in the queue"), minimum=1, maximum=999)
    reason = LineField(label=_("Reason"), max_length=200, help_text=_("Everybody who sees the queue reads it."))
