"""What the lists of savings share with those of the books, and the questions of an address that choose."""

from collections.abc import Sequence

from django.http import HttpRequest

from funds.views.pages import file_of, page_of, person, wants_file, words_of

__all__ = ["chosen", "file_of", "page_of", "person", "query_without", "wants_file", "words_of"]


def chosen(request: HttpRequest, name: str, possible: Sequence[str]) -> str:
    """One of the possible values of a question of the address; the first one unless told."""
    asked = request.GET.get(name, "")
    return asked if asked in possible else possible[0]


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's questions without some of them, for links within the same list."""
    kept = request.GET.copy()
    for name in ("page", "format", *names):
        kept.pop(name, None)
    return kept.urlencode()
