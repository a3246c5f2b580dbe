"""Settings, read from the environment (docs/OPERATIONS.md lists every name)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env, resting
from config.database import database_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# A trial on one's own machine sets neither of the two; who sets one means a real installation and must then set all.
DEBUG = env.boolean("DEBUG", default=not env.is_set("SECRET_KEY", "ALLOWED_HOSTS"))


def _for_trials(value: str) -> str:
    """A default that holds only while DEBUG is on; with DEBUG off the variable is required."""
    return value if DEBUG else env.REQUIRED


SECRET_KEY = env.secret("SECRET_KEY", _for_trials("for-trials-only-" * 4))
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", _for_trials("127.0.0.1,localhost,[::1]"))
PUBLIC_URL = env.origin("PUBLIC_URL", _for_trials("http://127.0.0.1:8000"))
HTTPS = env.boolean("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.boolean("BEHIND_PROXY", default=False)

# National IDs: the first key of the list encrypts, all of them decrypt; the index key finds one. Never derived from
# SECRET_KEY.
SATCHA_ID_KEYS = env.keys("SATCHA_ID_KEYS", _for_trials("Zm9yLXRyaWFscy1vbmx5LWlkLWtleS0wMDAwMDAwMDE="))
SATCHA_ID_INDEX_KEY = env.key("SATCHA_ID_INDEX_KEY", _for_trials("Zm9yLXRyaWFscy1vbmx5LWlkLWtleS0wMDAwMDAwMDI="))

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "thai",
    "papers",
    "members",
    "funds",
    "savings",
    "loans",
    "membership",
    "meetings",
    "shareout",
    "reports",
    "window",
    "intake",
    "oversight",
]

MIDDLEWARE = [
    "config.headers.content_policy",
    "config.headers.client_address",
    "django.middleware.security.SecurityMiddleware",
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "members.middleware.SessionRules",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "reports.navigation.nav",
            ],
        },
    },
]

# The tabs of a member's pages after the person itself: each is served by its own package, which may stand above.
MEMBER_TABS = [
    {"name": "savings:passbook", "label": _("Passbook")},
    {"name": "savings:pledge", "label": _("Pledge")},
    {"name": "loans:member", "label": _("Loans")},
    {"name": "membership:leaving", "label": _("Leaving")},
]

# What other rooms put beside each member in the register's files: (group) -> members.columns.Columns.
MEMBER_COLUMNS = ["loans.selectors.member_columns.loan_columns"]

# The money page: its cards (template, what it shows), what waits there for a second officer, and who must agree before
# cash moves beside a meeting. Each is served by its own package, which may stand above (funds/waiting.py).
MONEY_CARDS: list[tuple[str, str]] = [
    ("reports/money_card_pools.html", "reports.selectors.pool_flows.money_card"),
    ("funds/money_card_in.html", "funds.selectors.cards.money_in"),
    ("funds/money_card_out.html", "funds.selectors.cards.money_out"),
    ("funds/money_card_bank.html", "funds.selectors.cards.bank"),
    ("funds/money_card_advances.html", "funds.selectors.cards.advances"),
    ("loans/money_card_portfolio.html", "loans.selectors.portfolio.money_card"),
    ("funds/money_card_loans.html", "funds.selectors.cards.loans"),
    ("funds/money_card_activities.html", "funds.selectors.activity_lists.card"),
    ("savings/money_card_special.html", "savings.selectors.products.money_card"),
    ("membership/leaving_money_card.html", "membership.selectors.leaving.leaving_card"),
]
APPROVALS = [
    "funds.selectors.money_out.waiting_vouchers",
    "funds.selectors.activity_lists.waiting_acts",
    "funds.selectors.bank_moves.waiting_moves",
    "funds.selectors.reversals.waiting_reversals",
    "savings.selectors.withdrawals.waiting_withdrawals",
    "savings.selectors.withdrawals.waiting_interest",
    "membership.selectors.leaving.waiting_settlements",
    "loans.selectors.decisions.waiting_decisions",
    "loans.selectors.payouts.waiting_payouts",
    "loans.selectors.acts.waiting_acts",
    "shareout.selectors.years.waiting_closings",
    "shareout.selectors.findings.waiting_findings",
    "shareout.selectors.share_outs.waiting_share_outs",
    "shareout.selectors.payments.waiting_payments",
]

# Reversals: who may refuse one because something was built on the entry since, and who undoes what stands beside the
# ledger; which entries have a page of their own to be put right on. Each package names its own and may stand above
# (funds/reversing.py).
REVERSAL_RULES: list[str] = [
    "funds.services.reversal_effects.refuse_while_built_on",
    "savings.services.reversals.refuse_earlier_interest",
    "membership.selectors.leaving.refuse_settlement",
    "loans.services.undoing.refuse_while_followed",
    "loans.services.act_undoing.refuse_recovered",
    "shareout.services.undoing.refuse_share_out",
]
REVERSAL_FOLLOWERS: list[str] = [
    "funds.services.reversal_effects.undo_beside_ledger",
    "savings.services.reversals.free_period",
    "loans.services.undoing.follow_into_loans",
    "loans.services.act_undoing.hold_what_was_set_off",
]
REVERSAL_PAGES: list[str] = [
    "funds.selectors.activity_lists.undo_page",
    "meetings.selectors.own_page.correction_page",
]

CASH_RULES = ["meetings.selectors.cash_day.refuse_beside_meeting"]

# Who knows which new members have their application and entrance fee still to pay (membership/selectors/admission.py).
FEES_DUE = "meetings.selectors.fees.fees_due_on"

# Fines for something else than missed months: functions (group, entry ids) -> satang by entry id
# (savings/selectors/months.py).
OTHER_FINES = ["loans.selectors.repayments.loan_fines_of"]

# Leaving: what stands in a member's way, and which debts are set off against the savings, in this order. Each package
# names its own and may stand above (membership/obstacles.py).
LEAVING_OBSTACLES = [
    "membership.selectors.obstacles.offices",
    "membership.selectors.obstacles.children",
    "membership.selectors.obstacles.withdrawals",
    "membership.selectors.obstacles.vouchers",
    "membership.selectors.loans.guarantees",
    "membership.selectors.loans.loans_under_way",
    "membership.selectors.obstacles.holds",
    "membership.selectors.obstacles.other_accounts",
    "meetings.selectors.leaving.lines_of_an_open_meeting",
    "intake.selectors.leaving.paper_contracts",
    "shareout.selectors.leaving.waiting_shares",
]
LEAVING_DEBTS = [
    "membership.selectors.loans.loan_debts",
    "membership.selectors.obstacles.advances",
    "membership.selectors.obstacles.fines",
]

# Who recomputes the books before a year is closed: (group) -> the faults found (shareout/selectors/checklist.py).
BOOKS_VERIFIER = "reports.verification.damage_of"

RESTS_ON_RESOLUTION = resting.RESTS_ON_RESOLUTION

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": database_settings(env.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'satcha.sqlite3'}"))}

# People: argon2 first; the second reads what an older installation may have stored. The door and its limits are
# `members`'.
AUTH_USER_MODEL = "members.User"
LOGIN_URL = "members:sign-in"
LOGIN_REDIRECT_URL = "members:landing"
LOGOUT_REDIRECT_URL = "members:sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.NotTheName", "OPTIONS": {"user_attributes": ["username", "display_name"]}},
    {"NAME": "members.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "members.passwords.NotCommon"},
    {"NAME": "members.passwords.NotOnlyFigures"},
]

# Sessions end with the browser and at the latest after a meeting's day; idle times are shorter and `members`' to
# decide.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # names and sums stay out of cookies
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a sheet of 500 rows in one form
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.folder("STATIC_ROOT") or BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Backups (docs/OPERATIONS.md, "Backup"): nothing is written until a folder and a key are given.
BACKUP_DIR = env.folder("SATCHA_BACKUP_DIR")
BACKUP_SECOND = env.folder("SATCHA_BACKUP_SECOND")
BACKUP_KEY = env.key("SATCHA_BACKUP_KEY") if env.is_set("SATCHA_BACKUP_KEY") else None
BACKUP_KEEP = env.integer("SATCHA_BACKUP_KEEP", default=30, least=1, most=3650)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="WARNING"),
    },
    "loggers": {"django": {"handlers": [], "propagate": True}},  # in place of Django's own, which mails errors
}
