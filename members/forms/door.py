"""Signing in, and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm, speak_plainly
from members.models import SavingsGroup, User


class GroupChoice(forms.ModelChoiceField):
    """A group as people know it: by its village."""

    def label_from_instance(self, obj: Any) -> str:
        """Village, moo and tambon; names repeat in a province, the three together hardly ever."""
        return _("%(village)s Moo %(moo)s, %(tambon)s") % {
            "village": obj.village.name,
            "moo": obj.village.moo,
            "tambon": obj.village.tambon,
        }


class SignInForm(forms.Form):
    """Group, number or user name, password; what is wrong is said under the password."""

    group = GroupChoice(
        queryset=SavingsGroup.objects.none(), to_field_name="code", required=False, empty_label=None, label=_("Group")
    )
    username = forms.CharField(
        label=_("Member number or user name"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_plainly(self)
        field = self.fields["group"]
        assert isinstance(field, GroupChoice)
        field.queryset = SavingsGroup.objects.select_related("village__tambon").order_by("village__name", "code")
        field.widget.attrs["class"] = "form-select"


class NewPasswordForm(PlainForm):
    """A new password, typed twice."""

    password1 = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters, for example three words easy to remember, written together."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The password once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Both the same, and none that everybody guesses."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Please type the same one twice."))
        elif first:
            try:
                password_validation.validate_password(first, self.user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return values


class CodeForm(PlainForm):
    """The six figures from the phone."""

    code = forms.CharField(
        label=_("Six figures from the authenticator app"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AuthenticatorForm(CodeForm):
    """The password, then the six figures: who finds a device signed in switches nothing on or off."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["password", "code"]


class ChangePasswordForm(NewPasswordForm):
    """The old password, then the new one."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["password", "password1", "password2"]
