"""The public page that checks the code of a receipt: no sign-in, one answer, slowed down by address."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.throttle import TryAgainLater, begin_try, network_of, take_back
from reports.codes import is_code_right

PURPOSE = "code-check"


class CodeForm(forms.Form):
    """What stands on a paper: the group's code, the number, the 30 digits."""

    group = forms.CharField(label=_("Group, as printed below the code"), max_length=60)
    number = forms.CharField(label=_("Number of the receipt"), max_length=20)
    code = forms.CharField(label=_("30-digit code"), max_length=80)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, field in self.fields.items():
            attrs = {"class": "form-control", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
            if name != "group":
                attrs["inputmode"] = "numeric"
            field.widget.attrs |= attrs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check what is typed from a paper."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answer(request, form, **form.cleaned_data)
    return render(request, "reports/code_check.html", {"form": form})


@never_cache
@require_safe
def code(request: HttpRequest, group_code: str, n: str, code: str) -> HttpResponse:
    """Check what a QR code says."""
    form = CodeForm(initial={"group": group_code, "number": n, "code": code})
    return _answer(request, form, group=group_code, number=n, code=code)


def _answer(request: HttpRequest, form: CodeForm, *, group: str, number: str, code: str) -> HttpResponse:
    address = f"{PURPOSE} {request.META['REMOTE_ADDR']}"
    try:
        attempt = begin_try(account=network_of(address), address=address)
    except TryAgainLater as later:
        context = {"form": form, "answer": "later", "seconds": later.seconds}
        return render(request, "reports/code_check.html", context, status=429)
    matches = is_code_right(group_code=group, number=number, code=code)
    if matches:
        take_back(attempt)
    return render(request, "reports/code_check.html", {"form": form, "answer": "yes" if matches else "no"})
