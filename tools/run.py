"""What `make run` does once the requirements are there: translations, database, demo district, server on 127.0.0.1.

The demo loads only into a database without any group, so a second start finds the first one's work.
"""

import io
import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def main() -> None:
    """Prepare, then become the server."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    port = os.environ.get("PORT", "8000")
    _refuse_busy_port(port)

    from tools import messages

    messages.compile_stale(ROOT)

    import django
    from django.core.management import call_command
    from django.utils import translation

    django.setup()
    call_command("migrate", verbosity=0)

    from members.models import SavingsGroup

    if not SavingsGroup.objects.exists():
        print("Loading the demo district ...", flush=True)
        call_command("load_demo", stdout=io.StringIO())
    translation.activate("th" if os.environ.get("LANG", "").startswith("th") else "en")  # as the terminal speaks
    call_command("load_demo", "--logins")
    print(f"\nSatcha is on http://{HOST}:{port}   (Ctrl-C ends it)", flush=True)
    os.execv(sys.executable, [sys.executable, "manage.py", "runserver", f"{HOST}:{port}", "--skip-checks"])  # noqa: S606 - fixed arguments


def _refuse_busy_port(port: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError:
            sys.exit(f"Port {port} on {HOST} is in use. Take another one: PORT=8001 make run")
        except (ValueError, OverflowError):
            sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}")


if __name__ == "__main__":
    main()
