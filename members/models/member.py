"""The register: households, members, beneficiaries, and who may open whose passbook."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from members import kinds
from members.models.fields import SortKeyField
from members.models.groups import Resolution, SavingsGroup
from members.models.places import Tambon
from members.models.user import User


class Household(models.Model):
    """A family as the village counts it; its code groups members."""

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="households")
    code = models.CharField(_("Household code"), max_length=20)
    house_no = models.CharField(_("House number"), max_length=20, blank=True)

    class Meta:
        ordering = ["group", "code"]
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="household_code_once"),
            models.CheckConstraint(condition=~models.Q(code=""), name="household_coded"),
        ]

    def __str__(self) -> str:
        return self.code


class Member(models.Model):
    """A member of one group, as the register and the application form know them.

    `status` says only where the membership stands; a loan or a guarantee is never read from here. Membership starts
    on the day of the committee's resolution (`admitted_on`), not on the day of application. `operation` is the form's
    with which the person was entered, `entered_index` a keyed hash of what it said: sent twice, it enters nobody twice.
    """

    class Kind(models.TextChoices):
        ORDINARY = kinds.ORDINARY, _("Ordinary")
        ASSOCIATE = kinds.ASSOCIATE, _("Associate")
        HONORARY = kinds.HONORARY, _("Honorary")

    class Status(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        ACTIVE = "active", _("Active")
        RESIGNED = "resigned", _("Resigned")
        EXPELLED = "expelled", _("Expelled")
        DECEASED = "deceased", _("Deceased")

    class Sex(models.TextChoices):
        FEMALE = "f", _("Female")
        MALE = "m", _("Male")

    class Marital(models.TextChoices):
        SINGLE = "single", _("Single")
        MARRIED = "married", _("Married")
        WIDOWED = "widowed", _("Widowed")
        DIVORCED = "divorced", _("Divorced")

    LEFT = (Status.RESIGNED, Status.EXPELLED, Status.DECEASED)

    group = models.ForeignKey(SavingsGroup, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveIntegerField(_("Member number"), validators=[MinValueValidator(1), MaxValueValidator(9999)])
    kind = models.CharField(_("Kind of member"), max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    status = models.CharField(_("Status"), max_length=10, choices=Status.choices, default=Status.APPLICANT)
    title = models.CharField(_("Title"), max_length=30, blank=True)
    first_name = models.CharField(_("First name"), max_length=80, blank=True)
    last_name = models.CharField(_("Family name"), max_length=80, blank=True)
    body_name = models.CharField(_("Name of the body"), max_length=160, blank=True)
    sort_key = SortKeyField(max_length=400)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex.choices, blank=True)
    national_id_sealed = models.CharField(max_length=255, blank=True, editable=False)
    national_id_index = models.CharField(max_length=64, blank=True, editable=False)
    birth_on = models.DateField(_("Birth date"), null=True, blank=True)
    representative_name = models.CharField(_("Representative of the body"), max_length=160, blank=True)
    representative_birth_on = models.DateField(_("Representative's birth date"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Parent who saves for the child"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    marital_status = models.CharField(_("Marital status"), max_length=10, choices=Marital.choices, blank=True)
    spouse_name = models.CharField(_("Name of the spouse"), max_length=160, blank=True)
    spouse = models.ForeignKey(
        "self",
        verbose_name=_("Spouse's membership"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    household = models.ForeignKey(
        Household,
        verbose_name=_("Household"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
    )
    house_no = models.CharField(_("House number"), max_length=20, blank=True)
    moo = models.PositiveSmallIntegerField(_("Moo"), null=True, blank=True)
    tambon = models.ForeignKey(Tambon, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    occupation = models.CharField(_("Main occupation"), max_length=80, blank=True)
    income_satang = models.BigIntegerField(_("Monthly income"), null=True, blank=True)
    second_occupation = models.CharField(_("Second occupation"), max_length=80, blank=True)
    second_income_satang = models.BigIntegerField(_("Monthly income of the second occupation"), null=True, blank=True)
    other_groups = models.CharField(_("Other groups joined"), max_length=200, blank=True)
    pledge_units = models.PositiveSmallIntegerField(_("Units pledged a month"), null=True, blank=True)
    promised_on = models.DateField(_("Promise to keep the rules signed on"), null=True, blank=True)
    applied_on = models.DateField(_("Applied on"), null=True, blank=True)
    admitted_on = models.DateField(_("Member since"), null=True, blank=True)
    admission = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refused_on = models.DateField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=200, blank=True)
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    leaving = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leaving_reason = models.CharField(max_length=200, blank=True)
    former = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readmitted",
        help_text="the membership that had ended when this person was admitted again",
    )
    version = models.PositiveIntegerField(default=0)
    operation = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    entered_index = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["group", "number"]
        indexes = [
            models.Index(fields=["group", "sort_key"], name="member_by_name"),
            models.Index(fields=["group", "status", "number"], name="member_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="member_number_once"),
            models.UniqueConstraint(
                fields=["group", "national_id_index"],
                condition=~models.Q(national_id_index="") & models.Q(status__in=["applicant", "active"]),
                name="national_id_once_a_group",
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=9999), name="member_number"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["ordinary", "associate", "honorary"]), name="member_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["applicant", "active", "resigned", "expelled", "deceased"]),
                name="member_status",
            ),
            models.CheckConstraint(condition=~models.Q(first_name="") | ~models.Q(body_name=""), name="member_named"),
            models.CheckConstraint(
                condition=models.Q(status="applicant", admitted_on__isnull=True)
                | models.Q(~models.Q(status="applicant"), admitted_on__isnull=False),
                name="member_admitted_when_not_applicant",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["applicant", "active"], left_on__isnull=True)
                | models.Q(status__in=["resigned", "expelled", "deceased"], left_on__isnull=False),
                name="member_left_when_gone",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("admitted_on")),
                name="member_left_after_admission",
            ),
            models.CheckConstraint(
                condition=models.Q(refused_on__isnull=True) | models.Q(status="applicant"),
                name="member_refused_is_no_member",
            ),
            models.CheckConstraint(
                condition=models.Q(national_id_index="", national_id_sealed="")
                | (~models.Q(national_id_index="") & ~models.Q(national_id_sealed="")),
                name="national_id_sealed_and_indexed",
            ),
            models.CheckConstraint(
                condition=models.Q(income_satang__isnull=True) | models.Q(income_satang__gte=0), name="member_income"
            ),
            models.CheckConstraint(
                condition=models.Q(second_income_satang__isnull=True) | models.Q(second_income_satang__gte=0),
                name="member_second_income",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.full_name}"

    @property
    def holder(self) -> str:
        """The member number as the journal writes it: `0001`."""
        return f"{self.number:04d}"

    @property
    def full_name(self) -> str:
        """The name as said at the table; a body is called by its own name."""
        if self.body_name:
            return self.body_name
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @property
    def sort_parts(self) -> tuple[str, ...]:
        """What decides a member's place in an alphabetical list; titles do not count."""
        return (self.body_name,) if self.body_name else (self.first_name, self.last_name)

    @property
    def is_child(self) -> bool:
        """A child saves through a parent, neither borrows nor votes."""
        return self.parent_id is not None

    @property
    def has_left(self) -> bool:
        """Whether the membership has ended, for whatever reason."""
        return self.status in self.LEFT

    @property
    def proof_of_birth_on(self) -> date | None:
        """The birth date that proves whoever uses this member's slip: a body's is its representative's."""
        if self.body_name:
            return self.representative_birth_on
        return self.birth_on


class Beneficiary(models.Model):
    """Who receives a member's savings after death: up to three, their percentages summing to exactly 100."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="beneficiaries")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=160)
    relation = models.CharField(_("Relation"), max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField(_("Per cent"))

    class Meta:
        ordering = ["member", "position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "position"], name="beneficiary_position_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1, position__lte=3), name="beneficiary_position"),
            models.CheckConstraint(condition=models.Q(percent__gte=1, percent__lte=100), name="beneficiary_percent"),
            models.CheckConstraint(condition=~models.Q(name=""), name="beneficiary_named"),
        ]

    def __str__(self) -> str:
        return self.name


class PassbookAccess(models.Model):
    """A user may open a member's passbook: their own, their child's, or that of the body they represent."""

    class Relation(models.TextChoices):
        OWN = "own", _("Own")
        CHILD = "child", _("Child")
        BODY = "body", _("Body")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="passbooks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="openers")
    relation = models.CharField(max_length=5, choices=Relation.choices, default=Relation.OWN)
    since = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "member"], name="passbook_access_once"),
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(relation="own"), name="one_owner_of_a_passbook"
            ),
            models.CheckConstraint(condition=models.Q(relation__in=["own", "child", "body"]), name="access_relation"),
        ]

    def __str__(self) -> str:
        return self.relation
