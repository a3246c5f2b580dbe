"""When a letter was sent, and how it can be proved."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField
from members.forms.base import PlainForm
from thai.fields import ThaiDateField


class SentForm(PlainForm):
    """The day of posting and the number of the registered letter, or who handed it over."""

    sent_on = ThaiDateField(label=_("Sent on"), latest=timezone.localdate, initial=timezone.localdate)
    sent_ref = LineField(label=_("Number of the registered letter, or who handed it over"), max_length=80)
