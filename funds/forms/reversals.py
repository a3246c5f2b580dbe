"""Why an entry shall be reversed, and for a closed year the resolution that decides it."""

from typing import Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from members.forms.offices import ResolutionChoice
from members.models import Resolution, SavingsGroup


class ReversalForm(OnceForm):
    """The reason; the resolution is asked for only where a closed year is corrected."""

    reason = LineField(
        label=_("Why is it wrong"), max_length=200, help_text=_("For example: typed twice, wrong amount, wrong member.")
    )
    resolution = ResolutionChoice(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        empty_label=_("Choose the resolution"),
        help_text=_("The year is closed: what it earned or cost is corrected by a decision of the group."),
    )

    def __init__(self, *args: Any, group: SavingsGroup, needs_resolution: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, ResolutionChoice)
        field.queryset = Resolution.objects.filter(group=group)
        if not needs_resolution:
            del self.fields["resolution"]
            self.helper.layout = Layout(*self.fields)  # as the fields are now
