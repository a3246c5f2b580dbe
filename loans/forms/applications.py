"""An application for a loan, as it is typed."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.base import LineField, OnceForm
from loans.models import LoanApplication, LoanProduct, LoanTerms
from loans.models.products import LONGEST
from loans.services.applications import ApplicationInput
from thai.fields import CountField, MoneyField


class ProductChoice(forms.ModelChoiceField):
    """A product by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name alone."""
        return str(obj.name)


class ApplicationForm(OnceForm):
    """Which loan, how much, for how long, what for, and the income."""

    product = ProductChoice(label=_("Which loan"), queryset=LoanProduct.objects.none(), empty_label=None)
    satang = MoneyField(label=_("Amount asked for"))
    instalments = CountField(label=_("Term in months"), minimum=1, maximum=LONGEST)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=LoanApplication.Purpose.choices)
    purpose_text = LineField(
        label=_("What exactly"), max_length=200, required=False, help_text=_("Such as: fertiliser for 12 rai.")
    )
    income_satang = MoneyField(
        label=_("Income a month"), required=False, allow_zero=True,
        help_text=_("All income of the household. It decides nothing; it shows what the instalments mean."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[tuple[LoanProduct, LoanTerms]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["product"]
        assert isinstance(field, ProductChoice)
        field.queryset = LoanProduct.objects.filter(pk__in=[product.pk for product, _terms in offered])

    def product_of(self, key: Any) -> LoanProduct | None:
        """A product that may be chosen, by its id; none where the id is no product's."""
        field = self.fields["product"]
        assert isinstance(field, ProductChoice)
        found: LoanProduct | None = field.queryset.filter(pk=key).first() if key else None  # type: ignore[union-attr]
        return found

    def arrange(self) -> Layout:
        """Amount and term beside each other."""
        return Layout(
            "operation",
            "product",
            Div("satang", "instalments", css_class="form-row"),
            "purpose",
            "purpose_text",
            "income_satang",
        )

    def application(self) -> ApplicationInput:
        """What the service takes."""
        data = self.cleaned_data
        return ApplicationInput(
            product=data["product"],
            satang=data["satang"],
            instalments=data["instalments"],
            purpose=data["purpose"],
            purpose_text=data["purpose_text"],
            income_satang=data["income_satang"],
        )


def first_shown(
    application: LoanApplication | None, offered: Sequence[tuple[LoanProduct, LoanTerms]]
) -> dict[str, Any]:
    """What the form begins with: a draft as it was written, or the first product and its longest term."""
    if application is not None:
        names = ("operation", "satang", "instalments", "purpose", "purpose_text", "income_satang")
        return {"product": application.product_id} | {name: getattr(application, name) for name in names}
    return {"product": offered[0][0].pk, "instalments": offered[0][1].instalments_max} if offered else {}
