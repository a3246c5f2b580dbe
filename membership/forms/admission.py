"""What the committee resolved about the applicants, as it is typed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.forms.offices import ResolutionChoice
from members.models import AdmissionDecision, Member, Resolution, SavingsGroup
from membership.admission import Decision, NewResolution
from thai.fields import ThaiDateField

WITHOUT_FEES = "without_fees"
OUTCOMES = [
    ("", _("Not decided")),
    (AdmissionDecision.Outcome.ADMITTED.value, AdmissionDecision.Outcome.ADMITTED.label),
    (WITHOUT_FEES, _("Admitted, fees waived")),
    (AdmissionDecision.Outcome.REFUSED.value, AdmissionDecision.Outcome.REFUSED.label),
]
LATEST = 30


class AdmissionForm(PlainForm):
    """One resolution, on file or new, and what it says about each applicant."""

    resolution = ResolutionChoice(
        label=_("Resolution on file"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None; a new one below"),
    )
    number = forms.CharField(
        label=_("Number of the new resolution"),
        max_length=30,
        required=False,
        help_text=_("As in the minutes, such as 3/2569."),
    )
    decided_on = ThaiDateField(label=_("Date of the meeting"), required=False, latest=timezone.localdate)
    body = forms.ChoiceField(label=_("Decided by"), choices=Resolution.Body.choices, required=False)

    def __init__(
        self, *args: Any, group: SavingsGroup, waiting: Sequence[Member], may_resolve: bool, **kwargs: Any
    ) -> None:
        self.waiting = waiting
        super().__init__(*args, **kwargs)
        on_file = self.fields["resolution"]
        assert isinstance(on_file, ResolutionChoice)
        latest = Resolution.objects.filter(group=group).order_by("-decided_on", "-pk").values("pk")[:LATEST]
        on_file.queryset = Resolution.objects.filter(pk__in=list(latest.values_list("pk", flat=True)))
        if not may_resolve:
            for name in ("number", "decided_on", "body"):
                del self.fields[name]
            on_file.required, on_file.empty_label = True, None
        for member in waiting:
            self.fields[f"outcome_{member.number}"] = forms.ChoiceField(
                label=_("Resolved about %(name)s") % {"name": member.full_name}, choices=OUTCOMES, required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"reason_{member.number}"] = forms.CharField(
                label=_("Reason, if %(name)s is refused") % {"name": member.full_name}, max_length=200, required=False,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )  # fmt: skip

    def rows(self) -> Iterator[tuple[Member, Any, Any]]:
        """Each applicant with the two fields."""
        for member in self.waiting:
            yield member, self[f"outcome_{member.number}"], self[f"reason_{member.number}"]

    def clean(self) -> dict[str, Any]:
        """A resolution is named, whoever is refused is told why, somebody is decided on."""
        values = super().clean() or {}
        if not values.get("resolution"):
            for name in {"number", "decided_on"} & set(self.fields):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Please fill this in, or choose a resolution on file."))
        elif values.get("number"):
            self.add_error("number", _("Choose a resolution on file or write down a new one, not both."))
        for member in self.waiting:
            refused = values.get(f"outcome_{member.number}") == AdmissionDecision.Outcome.REFUSED
            if refused and not values.get(f"reason_{member.number}", "").strip():
                self.add_error(f"reason_{member.number}", _("Type why the applicant is refused."))
        return values

    def decisions(self) -> list[Decision]:
        """Those who were decided on."""
        return [self._decision(one) for one in self.waiting if self.cleaned_data.get(f"outcome_{one.number}")]

    def _decision(self, member: Member) -> Decision:
        outcome, reason = (self.cleaned_data[f"{name}_{member.number}"] for name in ("outcome", "reason"))
        if outcome == WITHOUT_FEES:
            return Decision(member, AdmissionDecision.Outcome.ADMITTED, reason, waives_fees=True)
        return Decision(member, outcome, reason)

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
        )
