"""Take pictures of pages: a server on a given database, a signed-in person, one file per page, width and language.

    .venv/bin/python -m tools.look --user somporn --output /tmp/pictures /g/nong-ruang/ /g/nong-ruang/books/

The pictures go to a folder outside the repository. With --axe the rules of accessibility are run as well and the exit
status says whether a page broke one. The database is the one of DATABASE_URL, or --database.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, sync_playwright

from tools.browser import find_chromium, launch_arguments

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30


@contextmanager
def served(database: str) -> Iterator[str]:
    """Run the project's server on a free port; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **({"DATABASE_URL": database} if database else {})}
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server stopped at once (status {server.returncode}): try manage.py check")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"the server did not start within {SECONDS_TO_START} seconds")


def sign_in(page: Page, address: str, user: str, password: str) -> None:
    """Go through the door as a person would."""
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    if page.locator("input[name=password]").count():
        raise SystemExit(f"{user} could not sign in: {page.locator('main').inner_text()[:300]}")


def picture_name(path: str) -> str:
    """Turn an address into a file name."""
    return re.sub(r"[^\w-]+", "-", path, flags=re.UNICODE).strip("-") or "first"


def violations(page: Page) -> list[str]:
    """Run axe on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def tell_console(message: ConsoleMessage) -> None:
    """Print what the page complains of, refusals by the content policy too."""
    if message.type == "error":
        print("  console:", message.text)


def tell_error(error: Error) -> None:
    """Print an uncaught exception of a script."""
    print("  script:", error)


def take(arguments: argparse.Namespace, address: str) -> int:
    """Take every picture asked for; return the number of broken rules."""
    broken = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        for language in arguments.language.split(","):
            context = browser.new_context(locale=language, extra_http_headers={"Accept-Language": language})
            context.add_cookies([{"name": "django_language", "value": language, "url": address}])
            page = context.new_page()
            page.on("console", tell_console)
            page.on("pageerror", tell_error)
            if arguments.user:
                sign_in(page, address, arguments.user, arguments.password)
                context.add_cookies([{"name": "django_language", "value": language, "url": address}])
            for path in arguments.paths:
                for width in arguments.width.split(","):
                    page.set_viewport_size({"width": int(width), "height": 844 if int(width) < 700 else 900})
                    answer = page.goto(address + path)
                    page.wait_for_load_state("networkidle")
                    target = arguments.output / f"{picture_name(path)}-{language}-{width}.png"
                    page.screenshot(path=str(target), full_page=not arguments.screen)
                    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
                    print(answer.status if answer else "---", target, "WIDER THAN THE SCREEN" if wide else "")
                    if arguments.axe:
                        for line in violations(page):
                            broken += 1
                            print("  axe:", line)
            context.close()
        browser.close()
    return broken


def main() -> int:
    """Read the arguments, take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of pages.")
    parser.add_argument("paths", nargs="+", help="addresses, from / on")
    parser.add_argument("--output", type=Path, required=True, help="folder for the pictures, outside the repository")
    parser.add_argument("--database", default="", help="DATABASE_URL of the server")
    parser.add_argument("--user", default="", help="user name; nobody signs in without it")
    parser.add_argument("--password", default="satcha-test-1")
    parser.add_argument("--language", default="th,en")
    parser.add_argument("--width", default="390,1280")
    parser.add_argument("--screen", action="store_true", help="only what the screen shows, not the whole page")
    parser.add_argument("--axe", action="store_true", help="run the rules of accessibility as well")
    arguments = parser.parse_args()
    if arguments.output.resolve().is_relative_to(ROOT):
        parser.error("the pictures do not belong into the repository")
    arguments.output.mkdir(parents=True, exist_ok=True)
    with served(arguments.database) as address:
        return 1 if take(arguments, address) else 0


if __name__ == "__main__":
    raise SystemExit(main())
