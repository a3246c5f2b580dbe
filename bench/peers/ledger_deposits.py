"""200 deposits with django-ledger through its documented calls, in one atomic block; prints processor milliseconds."""

import os
import sys
from datetime import datetime
from decimal import Decimal

import django
from clock import processor_seconds
from django.conf import settings

RUNS, DEPOSITS = 2, 200
ENGINE = "django.db.backends.sqlite3" if sys.argv[1].startswith("/") else "django.db.backends.postgresql"

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": ENGINE,
            "NAME": sys.argv[1],
            "USER": os.environ.get("PGUSER", ""),
            "HOST": os.environ.get("PGHOST", ""),
        }
    },
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_ledger"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils.timezone import get_current_timezone  # noqa: E402
from django_ledger.io import roles  # noqa: E402
from django_ledger.models import EntityModel  # noqa: E402

call_command("migrate", verbosity=0)
owner = get_user_model().objects.create_user("bench")
entity = EntityModel.create_entity(name="Bench", use_accrual_method=False, admin=owner, fy_start_month=1)
chart = entity.create_chart_of_accounts(assign_as_default=True, commit=True, coa_name="Bench")
cash = entity.create_account(
    coa_model=chart, code="1010", role=roles.ASSET_CA_CASH, name="Cash", balance_type="debit", active=True
)
savings = [
    entity.create_account(
        coa_model=chart,
        code=f"2{number:04}",
        role=roles.LIABILITY_CL_OTHER,
        name=f"Member {number}",
        balance_type="credit",
        active=True,
    )
    for number in range(DEPOSITS)
]
ledger = entity.create_ledger(name="Meetings", posted=True)
moment = datetime(2026, 1, 5, 12, tzinfo=get_current_timezone())


def post() -> None:
    """Receive one meeting's deposits."""
    with transaction.atomic():
        for account in savings:
            entity.commit_txs(
                je_timestamp=moment,
                je_posted=True,
                je_ledger_model=ledger,
                je_txs=[
                    {"account": cash, "amount": Decimal("200.00"), "tx_type": "debit", "description": "deposit"},
                    {"account": account, "amount": Decimal("200.00"), "tx_type": "credit", "description": "deposit"},
                ],
            )


post()
server = connection.connection.info.backend_pid if connection.vendor == "postgresql" else None
for _ in range(RUNS):
    started = processor_seconds(server)
    post()
    print((processor_seconds(server) - started) * 1000)
