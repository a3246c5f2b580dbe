"""An activity's goods with stock, value and price; the terms on which it lends in kind."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from funds.activity_errors import BroughtTooMuch, GoodKnown
from funds.forms.activities import GoodForm, PriceForm, TermsForm
from funds.models import Activity, Good
from funds.selectors.activities import Stock, stock_list, terms_listed, unassigned
from funds.selectors.activity_lists import value_of
from funds.services.activities import add_good, change_price, set_kind_terms
from funds.views.activities import activity_or_404
from funds.views.pages import file_of, person, query_of, wants_file, words_of
from members.access import Right, group_or_404, has_right
from members.errors import DomainError
from papers.tables import Money
from thai.quantities import format_quantity


@require_safe
@never_cache
def goods(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """List the goods as the books have them."""
    group = group_or_404(request.user, group_code, Right.SEE_GROUP)
    row = activity_or_404(group, activity_id)
    words = words_of(request)
    found = [each for each in stock_list(row) if words.casefold() in each.good.name.casefold()]
    if wants_file(request):
        return _file(request, row, found)
    context = {
        "group": group,
        "activity": row,
        "rows": found,
        "value": value_of(found),
        "unassigned": unassigned(row),
        "words": words,
        "query": query_of(request),
        "may_write": has_right(request.user, group, Right.KEEP_MEETING),
    }
    return render(request, "funds/activity_goods.html", context)


def _file(request: HttpRequest, activity: Activity, found: list[Stock]) -> HttpResponse:
    heads = [_("Good"), _("Quantity"), _("Unit"), _("Value at cost"), _("Value of one unit"), _("Price of one unit")]
    rows: list[Any] = [
        (
            each.good.name,
            format_quantity(each.quantity),
            each.good.unit,
            Money(each.satang),
            Money(each.average) if each.average is not None else None,
            Money(each.good.price_satang) if each.good.price_satang else None,
        )
        for each in found
    ]
    total = (_("Total"), "", "", Money(value_of(found)), None, None)
    return file_of(request, f"{activity.group.code}-{activity.name}", heads, [*rows, total])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Add a good."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = activity_or_404(group, activity_id)
    form = GoodForm(request.POST or None, activity=row)
    if request.method == "POST" and form.is_valid():
        try:
            good = add_good(activity=row, **form.good())
        except GoodKnown as refusal:
            form.refuse(refusal, "name")
        except BroughtTooMuch as refusal:
            form.refuse(refusal, "brought_satang")
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” is in the list.") % {"name": good.name})
            return redirect("funds:activity-goods", group.code, row.pk)
    context = {"group": group, "activity": row, "form": form, "title": _("Add a good")}
    return render(request, "funds/activity_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def price(request: HttpRequest, group_code: str, activity_id: int, good_id: int) -> HttpResponse:
    """Set what one unit of a good is sold for."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = activity_or_404(group, activity_id)
    good = Good.objects.filter(activity=row, pk=good_id).first()
    if good is None:
        raise Http404
    form = PriceForm(request.POST or None, initial={"price_satang": good.price_satang})
    if request.method == "POST" and form.is_valid():
        change_price(good=good, price_satang=form.cleaned_data["price_satang"])
        messages.success(request, _("Saved. What was sold keeps its price."))
        return redirect("funds:activity-goods", group.code, row.pk)
    title = _("Price of %(name)s") % {"name": good.name}
    return render(request, "funds/activity_form.html", {"group": group, "activity": row, "form": form, "title": title})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def terms(request: HttpRequest, group_code: str, activity_id: int) -> HttpResponse:
    """Show on what terms an activity lent since its start, and set them from a day on."""
    group = group_or_404(request.user, group_code, Right.KEEP_MEETING)
    row = activity_or_404(group, activity_id)
    if not row.unit_book:
        raise Http404
    form = TermsForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            set_kind_terms(activity=row, by=person(request), **form.terms())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. What is lent already keeps its own interest."))
            return redirect("funds:activity-terms", group.code, row.pk)
    listed = terms_listed(row)
    return render(request, "funds/activity_terms.html", {"group": group, "activity": row, "form": form, "rows": listed})
