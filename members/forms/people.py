"""A person as the application form asks for them; on paper and here in the same order."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from members.forms.base import PlainForm
from members.forms.households import offer_households
from members.models import Member, Resolution, SavingsGroup, Tambon
from members.national_ids import masked_national_id
from members.services.people import MAX_BENEFICIARIES, Share
from members.switches import all_switches
from thai.fields import CountField, MoneyField, NationalIdField, ThaiDateField

LEFT_ALONE = "keep"
PLAIN = (
    "kind", "title", "first_name", "last_name", "body_name", "sex", "birth_on", "representative_name",
    "representative_birth_on", "marital_status", "spouse_name", "house_no", "moo", "tambon", "phone", "occupation",
    "income_satang", "second_occupation", "second_income_satang", "other_groups", "pledge_units", "promised_on",
    "applied_on",
)  # fmt: skip

LINKED = ("spouse", "parent", "admission", "admitted_on", "status")
ADMISSION = ("status", "admitted_on", "admission")


def _text(label: Any, limit: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=False, **kwargs)


def _choice(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("Not said")), *choices], required=False)


def _day(label: Any, **kwargs: Any) -> ThaiDateField:
    return ThaiDateField(label=label, required=False, latest=timezone.localdate, **kwargs)


class NumberOfMember(CountField):
    """A member of the group by number; cleaned to the member."""

    group: SavingsGroup

    def clean(self, value: Any) -> Any:
        """Return the member or None."""
        number = super().clean(value)
        if number is None:
            return None
        member = Member.objects.filter(group=self.group, number=number).first()
        if member is None:
            raise forms.ValidationError(_("There is no member with this number."))
        return member


class TambonChoice(forms.ModelChoiceField):
    """A tambon with its district and province, as an address is written."""

    def label_from_instance(self, obj: Any) -> str:
        """The three names."""
        return _("Tambon %(tambon)s, Amphoe %(district)s, %(province)s") % {
            "tambon": obj, "district": obj.district, "province": obj.district.province,
        }  # fmt: skip


class MemberForm(PlainForm):
    """One person or body, in the order of the paper form."""

    number = CountField(
        label=_("Member number"),
        required=False,
        minimum=1,
        maximum=9999,
        help_text=_("Leave empty to get the next number."),
    )
    kind = forms.ChoiceField(label=_("Kind of member"), choices=Member.Kind.choices)
    title = _text(_("Title"), 30)
    first_name = _text(_("First name"), 80)
    last_name = _text(_("Family name"), 80)
    body_name = _text(_("Name of the body"), 160, help_text=_("Only for a group or body that saves as one."))
    representative_name = _text(_("Representative of the body"), 160)
    representative_birth_on = _day(_("Representative's birth date"))
    sex = _choice(_("Sex"), Member.Sex.choices)
    national_id = NationalIdField(
        label=_("National ID"), required=False, help_text=_("Optional. Kept sealed; the screen shows the last digits.")
    )
    forget_national_id = forms.BooleanField(label=_("Take the national ID away"), required=False)
    birth_on = _day(_("Birth date"), help_text=_("Asked for when the member uses a slip."))
    marital_status = _choice(_("Marital status"), Member.Marital.choices)
    spouse_name = _text(_("Name of the spouse"), 160)
    spouse = NumberOfMember(label=_("Spouse's member number"), required=False, minimum=1, maximum=9999)
    parent = NumberOfMember(label=_("Parent's member number"), required=False, minimum=1, maximum=9999)
    household_code = _text(_("Household code"), 20)
    house_no = _text(_("House number"), 20)
    moo = CountField(label=_("Moo"), required=False, minimum=1, maximum=99)
    tambon = TambonChoice(label=_("Tambon"), queryset=Tambon.objects.none(), required=False, empty_label=_("Not said"))
    phone = _text(_("Telephone"), 30)
    occupation = _text(_("Main occupation"), 80)
    income_satang = MoneyField(label=_("Monthly income"), required=False, allow_zero=True)
    second_occupation = _text(_("Second occupation"), 80)
    second_income_satang = MoneyField(
        label=_("Monthly income of the second occupation"), required=False, allow_zero=True
    )
    other_groups = _text(_("Other groups joined"), 200)
    pledge_units = CountField(label=_("Units pledged a month"), required=False, minimum=1, maximum=1000)
    promised_on = _day(_("Promise to keep the rules signed on"))
    applied_on = _day(_("Applied on"))
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(Member.Status.APPLICANT, _("Applicant")), (Member.Status.ACTIVE, _("Active"))],
        initial=Member.Status.APPLICANT,
    )
    admitted_on = _day(_("Member since"), help_text=_("The day of the committee's resolution."))
    admission = forms.ModelChoiceField(
        label=_("Resolution"), queryset=Resolution.objects.none(), required=False, empty_label=_("Not recorded")
    )
    operation = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, group: SavingsGroup, member: Member | None = None, **kwargs: Any) -> None:
        self.group = group
        self.member = member
        if member is not None:
            kwargs["initial"] = _initial(member)
        super().__init__(*args, **kwargs)

    def arrange(self) -> Layout:
        """Sections as on paper; what cannot be changed is not offered."""
        for name in ("spouse", "parent"):
            field = self.fields[name]
            assert isinstance(field, NumberOfMember)
            field.group = self.group
        offer_households(self, self.group)
        tambon = self.fields["tambon"]
        assert isinstance(tambon, TambonChoice)
        tambon.queryset = _tambons(self.group, self.member)
        admission = self.fields["admission"]
        assert isinstance(admission, forms.ModelChoiceField)
        admission.queryset = Resolution.objects.filter(group=self.group)
        for position in range(1, MAX_BENEFICIARIES + 1):
            self.fields[f"beneficiary_{position}"] = _text(_("Name"), 160)
            self.fields[f"relation_{position}"] = _text(_("Relation"), 60)
            self.fields[f"percent_{position}"] = CountField(label=_("Per cent"), required=False, minimum=1, maximum=100)
        if self.member is not None:
            self._suit(self.member)
        else:
            del self.fields["forget_national_id"]
            self.initial.setdefault("tambon", self.group.village.tambon_id)
        return Layout(*[self._section(legend, rows) for legend, rows in SECTIONS])

    def _suit(self, member: Member) -> None:
        del self.fields["number"], self.fields["operation"]
        if member.status == Member.Status.APPLICANT:
            for name in ADMISSION:  # the committee decides, on the page of applications
                del self.fields[name]
        else:
            del self.fields["status"]
            del self.fields["pledge_units"]  # the pledge has its own page from the admission on
        if member.national_id_sealed:
            words = {"masked": masked_national_id(member)}
            self.fields["national_id"].help_text = _("On file: %(masked)s. Type a new one only to correct it.") % words
        else:
            del self.fields["forget_national_id"]

    def _section(self, legend: str | Promise, rows: Sequence[Sequence[str]]) -> Div:
        divs = []
        for row in rows:
            fields = [Field(name) for name in row if name in self.fields]
            divs.append(Div(*fields, css_class="form-row") if len(fields) > 1 else Div(*fields))
        heading = HTML(format_html("<h2>{}</h2>", legend))
        return Div(heading, *divs, css_class="card section", role="group", aria_label=str(legend))

    def clean(self) -> dict[str, Any]:
        """A person has a name or a body has one; who is admitted was admitted on a day."""
        values = super().clean() or {}
        self.errors.pop("operation", None)  # nobody typed it; without it the form is not known when it comes again
        found = all_switches(self.group).get(values.get("kind", ""))
        is_person = found is None or found.is_person
        if not is_person and not values.get("body_name"):
            self.add_error("body_name", _("Give the name of the group or body."))
        if is_person and not values.get("first_name"):
            self.add_error("first_name", _("Give the first name."))
        admitted = values.get("status", self.member.status if self.member else "") != Member.Status.APPLICANT
        if admitted and not values.get("admitted_on"):
            self.add_error("admitted_on", _("Give the day of the committee's resolution."))
        if not admitted and values.get("admitted_on"):
            values["admitted_on"] = None
        if is_person:
            values["body_name"] = values["representative_name"] = ""
        return values

    def meet(self, version: int) -> None:
        """Somebody else has saved meanwhile: what was typed stays, and counts as typed in knowledge of that."""
        assert isinstance(self.data, QueryDict)
        self.data["version"] = str(version)

    def shares(self) -> list[Share]:
        """The beneficiaries typed, empty lines left out."""
        lines = []
        for position in range(1, MAX_BENEFICIARIES + 1):
            name = self.cleaned_data.get(f"beneficiary_{position}", "")
            percent = self.cleaned_data.get(f"percent_{position}") or 0
            if name or percent:
                lines.append(Share(name, self.cleaned_data.get(f"relation_{position}", ""), percent))
        return lines

    def values(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        taken = {name: data[name] for name in PLAIN if name in data}
        taken |= {
            name: data[name] for name in ("spouse", "parent", "admission", "admitted_on", "status") if name in data
        }
        taken |= {"beneficiaries": self.shares(), "household_code": data.get("household_code", "")}
        if self.member is None:
            entered = {"number": data.get("number"), "operation": data.get("operation")}
            return taken | entered | {"national_id": data.get("national_id", "")}
        typed = data.get("national_id", "")
        national_id = "" if data.get("forget_national_id") else (typed or None)
        return taken | {"national_id": national_id, "version": data.get("version")}


SECTIONS: list[tuple[Any, list[list[str]]]] = [
    (_("Membership"), [["number", "kind"], ["status", "admitted_on"], ["applied_on", "admission"]]),
    (
        _("Person"),
        [
            ["title"],
            ["first_name", "last_name"],
            ["sex", "birth_on"],
            ["national_id"],
            ["forget_national_id"],
            ["marital_status", "spouse_name"],
            ["spouse", "parent"],
        ],
    ),
    (_("Group or body"), [["body_name"], ["representative_name", "representative_birth_on"]]),
    (_("Address"), [["household_code", "house_no"], ["moo", "tambon"], ["phone"]]),
    (
        _("Occupation"),
        [["occupation", "income_satang"], ["second_occupation", "second_income_satang"], ["other_groups"]],
    ),
    (_("Pledge"), [["pledge_units", "promised_on"]]),
    (
        _("Beneficiaries"),
        [
            *([f"beneficiary_{place}", f"relation_{place}", f"percent_{place}"] for place in range(1, 4)),
            ["version"],
            ["operation"],
        ],
    ),
]


def _tambons(group: SavingsGroup, member: Member | None) -> QuerySet[Tambon]:
    """Those of the group's district, and the one on file."""
    near = Q(district=group.village.tambon.district_id)
    if member is not None and member.tambon_id:
        near |= Q(pk=member.tambon_id)
    return Tambon.objects.filter(near).select_related("district__province").order_by("code")


def _initial(member: Member) -> dict[str, Any]:
    values = {name: getattr(member, name) for name in PLAIN}
    values |= {
        "status": member.status,
        "admitted_on": member.admitted_on,
        "admission": member.admission_id,
        "spouse": member.spouse.number if member.spouse else "",
        "parent": member.parent.number if member.parent else "",
        "household_code": member.household.code if member.household else "",
        "version": member.version,
    }
    for share in member.beneficiaries.all():
        values[f"beneficiary_{share.position}"] = share.name
        values[f"relation_{share.position}"] = share.relation
        values[f"percent_{share.position}"] = share.percent
    return values
