"""200 deposits with django-hordak through its documented calls, in one atomic block; prints processor milliseconds."""

import os
import sys

import django
from clock import processor_seconds
from django.conf import settings

RUNS, DEPOSITS = 5, 200

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": sys.argv[1],
            "USER": os.environ["PGUSER"],
            "HOST": os.environ["PGHOST"],
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "treebeard", "djmoney", "hordak"],
    DEFAULT_CURRENCY="THB",
    CURRENCIES=["THB"],
    HORDAK_DECIMAL_PLACES=2,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from djmoney.money import Money  # noqa: E402
from hordak.models import Account, AccountType, Leg, Transaction  # noqa: E402

call_command("migrate", verbosity=0)
cash = Account.objects.create(name="Cash", code="1", type=AccountType.asset, currencies=["THB"])
savings = [
    Account.objects.create(
        name=f"Member {number}", code=f"2{number:03}", type=AccountType.liability, currencies=["THB"]
    )
    for number in range(DEPOSITS)
]


def post() -> None:
    """Receive one meeting's deposits."""
    with transaction.atomic():
        for account in savings:
            deposit = Transaction.objects.create(description="deposit")
            Leg.objects.create(transaction=deposit, account=cash, debit=Money(200, "THB"))
            Leg.objects.create(transaction=deposit, account=account, credit=Money(200, "THB"))


post()
server = connection.connection.info.backend_pid if connection.vendor == "postgresql" else None
for _ in range(RUNS):
    started = processor_seconds(server)
    post()
    print((processor_seconds(server) - started) * 1000)
