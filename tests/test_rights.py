"""Every address as every person: own group, the next one, another district. docs/RIGHTS.md is the law.

What `make test` asks: that each person opens what the table says and nothing else, as the group's own, the neighbour's
and the faraway people. With numbers swapped (`slow`) every address is asked before a change lands.

One file though a long one: the stage is built once for all walks, so they stay together, and each is read beside what
it counts as a fault.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpResponse, HttpResponseBase
from django.template import Template
from django.test import Client
from django.urls import reverse

from members.models import Office, SavingsGroup, User
from tests.rights import samples as world
from tests.rights.table import Address, addresses, routes
from tests.village import TestVillage, build_village, make_user

pytestmark = pytest.mark.django_db
TONIGHT = datetime(2026, 11, 5, 13, 0, tzinfo=UTC)
MAY_BE_WRITTEN_BY_STRANGERS = ("django_session", "members_devicesession", "members_loginthrottle")
DOOR = "/sign-in/"


@dataclass
class Actor:
    """A person with their client, and the words of the table that name them in the village."""

    name: str
    user: User | None
    words: frozenset[str]
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        if self.user is not None:
            self.client.force_login(self.user)
            self.client.get("/offline/")  # the browser gets its place in the list of devices: once, not at each address
        self.cookies = copy(self.client.cookies)

    def ask(self, method: str, address: str, data: dict[str, str] | None = None) -> HttpResponseBase:
        """Ask as a fresh browser that is signed in (or not)."""
        self.client.cookies = copy(self.cookies)
        send = self.client.get if method == "GET" else self.client.post
        response: HttpResponseBase = send(address, data or {})
        return response


@dataclass
class Stage:
    """The village, its samples, those of two other groups, and everybody."""

    village: TestVillage
    own: dict[str, Any]
    neighbour: dict[str, Any]
    faraway: dict[str, Any]
    actors: list[Actor]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Build everything once for all walks; every request of a walk is undone after it, and in the end the village.

    An answer of 404 is not painted: its page is the same for everybody (tests/reports/test_error_pages.py). A paper is
    not typeset: its data stand in its place, to be searched like any page.
    """
    with (
        django_db_blocker.unblock(),
        time_machine.travel(TONIGHT, tick=False),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("config.urls.handler404", lambda request, exception: HttpResponse(status=404), raising=False)
        patch.setattr("papers.typst.typst.compile", _data_of_paper)
        patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")  # a read less each
        patch.setattr(logging.getLogger("django.request"), "disabled", True)  # a line for each of 10,000 answers of 404
        patch.setattr("django.template.base.Template._render", _without_record)
        village = build_village()
        yield Stage(
            village=village,
            own=world.samples(world.own_table(village)),
            neighbour=world.samples(world.others_table(village.neighbour)),
            faraway=world.samples(world.others_table(village.faraway)),
            actors=_actors(village),
        )
        transaction.set_rollback(True)


def _data_of_paper(*, sys_inputs: dict[str, str], **how: Any) -> bytes:
    return b"%PDF " + sys_inputs["data"].encode()


def _without_record(template: Template, context: Any) -> str:
    """Paint as in production: the record of every context that Django keeps for tests is not read here."""
    return str(template.nodelist.render(context))


@contextmanager
def _unpainted() -> Iterator[None]:
    """Answer without painting the page: who may see it is settled before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.template.backends.django.Template.render", lambda *arguments, **how: "")
        yield


def _actors(village: TestVillage) -> list[Actor]:
    def actor(name: str, user: User | None, *words: str) -> Actor:
        everybody = {"anyone"} if user is None else {"anyone", "signed-in"}
        return Actor(name, user, frozenset(everybody | set(words)))

    others = []
    for role in ("vice_chair", "loan", "promotion"):
        user = make_user(f"only-{role.replace('_', '-')}")
        Office.objects.create(group=village.group, user=user, role=role, starts_on=date(2025, 1, 1))
        others.append(actor(role, user, role))
    return [
        actor("nobody signed in", None),
        actor("stranger", village.stranger),
        actor("member", village.user("Prani"), "member", "own"),
        actor("another member", village.user("Kasem"), "member"),
        actor("chair", village.chair, "chair", "member"),
        actor("secretary", village.secretary, "secretary", "member"),
        actor("treasurer", village.treasurer, "treasurer", "member"),
        actor("auditor", village.auditor, "audit", "member"),
        *others,
        actor("former treasurer", village.former_treasurer),
        actor("neighbour's treasurer", village.neighbour.treasurer),
        actor("neighbour's member", village.neighbour.member_user),
        actor("faraway treasurer", village.faraway.treasurer),
        actor("district officer", village.district_officer, "district", "founder"),
        actor("other district's officer", village.other_district_officer, "founder"),
        actor("administrator", village.administrator, "administrator", "founder"),
    ]


def test_the_table_names_every_address_and_no_other() -> None:
    named, real = set(addresses()), set(routes())
    assert not real - named, f"not in docs/RIGHTS.md: {sorted(real - named)}"
    assert not named - real, f"in docs/RIGHTS.md, but no address: {sorted(named - real)}"


def test_every_parameter_has_a_sample(stage: Stage) -> None:
    wanted = {name for names in routes().values() for name in names}
    assert wanted <= set(stage.own), f"add to tests/rights/samples.py: {sorted(wanted - set(stage.own))}"


def test_every_page_opens_for_one_who_may(stage: Stage, subtests: pytest.Subtests) -> None:
    """Asked on both engines, as the walks below need not be: each page's questions are put to each engine once."""
    for name, address in sorted(addresses().items()):
        if address.get is not None:
            with subtests.test(name), _undone():
                who = next(actor for actor in reversed(stage.actors) if actor.words & address.get)
                assert who.ask("GET", _path(name, stage.own)).status_code < 400, who.name


@pytest.mark.once
def test_each_person_opens_what_the_table_says_and_nothing_else(stage: Stage, subtests: pytest.Subtests) -> None:
    """A group's pages are painted for each person where queries and forms are swapped, below; here the others'."""
    painted_below = set(_group_addresses())
    for name, address in sorted(addresses().items()):
        with subtests.test(name), _unpainted() if name in painted_below else nullcontext():
            path, faults = _path(name, stage.own), []
            for actor in stage.actors:
                for method in ("GET", "POST"):
                    with _undone() as writes:
                        response = actor.ask(method, path)
                    if fault := _fault(address, actor, method, response, writes):
                        faults.append(fault)
            assert not faults, "\n".join([path, *faults])


@pytest.mark.slow
def test_another_groups_numbers_in_the_path_open_nothing(stage: Stage, subtests: pytest.Subtests) -> None:
    for name in _group_addresses():
        with subtests.test(name):
            faults = []
            for actor in _let_in(stage, name):
                for path in _foreign_paths(stage, name, actor):
                    for method in ("GET", "POST"):
                        with _undone() as writes:
                            response = actor.ask(method, path, world.swapped_fields(stage.own))
                        if response.status_code not in (404, 405) or writes:
                            faults.append(f"{actor.name} {method} {path}: {response.status_code} {writes}")
            assert not faults, "\n".join(faults)


@pytest.mark.slow
def test_another_groups_numbers_in_query_and_form_reach_nothing(stage: Stage, subtests: pytest.Subtests) -> None:
    fields = world.swapped_fields(stage.neighbour)
    before = _fingerprint(stage.village.neighbour.group)
    for name in _group_addresses():
        address, path = addresses()[name], _path(name, stage.own)
        with subtests.test(name):
            for actor in _let_in(stage, name):
                if address.get is not None and actor.words & address.get:
                    with _undone():
                        response = actor.ask("GET", path, fields)
                    assert _only_echoed(_text(response)), (actor.name, path)
                if address.post is not None and actor.words & address.post:
                    with _undone(after=lambda: _assert_nothing_crossed(stage, before)):
                        actor.ask("POST", path, fields)


def test_the_walk_itself_notices_an_open_door(stage: Stage) -> None:
    open_to_all = Address("people:list", frozenset({"chair"}), None)
    stranger = next(actor for actor in stage.actors if actor.name == "treasurer")
    with _undone() as writes:
        response = stranger.ask("GET", _path("people:list", stage.own))
    assert _fault(open_to_all, stranger, "GET", response, writes)


def _group_addresses() -> list[str]:
    """The addresses of one group's rooms; the public code page and the district's pages are not among them."""
    return sorted(
        name
        for name, parameters in routes().items()
        if "group_code" in parameters and addresses()[name].words("GET") != frozenset({"anyone"})
    )


def _let_in(stage: Stage, name: str) -> list[Actor]:
    address = addresses()[name]
    words = (address.get or frozenset()) | (address.post or frozenset())
    return [actor for actor in stage.actors if actor.words & words]


def _foreign_paths(stage: Stage, name: str, actor: Actor) -> list[str]:
    """The paths with another group's code, or with the own code and another group's numbers."""
    paths: list[str] = []
    if "administrator" in actor.words & (addresses()[name].get or frozenset()):
        return paths  # every group is theirs to found
    for theirs in (stage.neighbour, stage.faraway):
        if "district" not in actor.words or theirs is stage.faraway:  # the neighbour lies in the same district
            paths.append(_path(name, theirs))
        if "district" in actor.words:
            paths.append(_path(name, stage.own | {"group_code": stage.faraway["group_code"]}))
        paths += [
            _path(name, stage.own | {parameter: theirs[parameter], f"closed_{parameter}": theirs[parameter]})
            for parameter in routes()[name]
            if parameter in world.OF_ONE_GROUP
        ]
    return paths


def _path(name: str, values: dict[str, Any]) -> str:
    fitting = world.values_for(name, values)
    path = reverse(name, kwargs={parameter: fitting[parameter] for parameter in routes()[name]})
    return path + world.QUERY.get(name, "")


def _fault(address: Address, actor: Actor, method: str, response: HttpResponseBase, writes: list[str]) -> str:
    words, status = address.words(method), response.status_code
    said = f"{actor.name} {method}: {status}"
    to_the_door = status == 302 and response["Location"].startswith(DOOR)
    unknown = actor.user is None and status == 401  # a script of a page is told to ask for a new sign-in
    if words is None:
        return "" if status in (404, 405) or unknown else f"{said}, not offered"
    if actor.words & words:
        closed = status in (404, 405) or (to_the_door and "anyone" not in words)
        return f"{said}, should be let in" if closed or status >= 500 else ""
    if writes:
        return f"{said}, but something was written: {writes}"
    if unknown or (actor.user is None and method == "GET" and to_the_door):
        return ""
    return "" if status == 404 else f"{said}, should be 404"


class _undone:  # noqa: N801 - reads as a phrase
    """Undo what happens inside, and list the writes to tables that a stranger must not touch.

    `after` is asked where there were any: where nothing was written, everything stands as it stood.
    """

    def __init__(self, after: Callable[[], None] | None = None) -> None:
        self.after = after
        self.writes: list[str] = []

    def __enter__(self) -> list[str]:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.wrapper = connection.execute_wrapper(self._watch)
        self.wrapper.__enter__()
        return self.writes

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        self.wrapper.__exit__(None, None, None)
        try:
            if kind is None and self.after is not None and self.writes:
                self.after()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) and not any(
            f'"{table}"' in sql for table in MAY_BE_WRITTEN_BY_STRANGERS
        ):
            self.writes.append(sql[:80])
        return execute(sql, params, many, context)


def _text(response: HttpResponseBase) -> str:
    return bytes(getattr(response, "content", b"")).decode(errors="replace")


def _only_echoed(text: str) -> bool:
    """Whether the other group's name stands only where the own query is repeated (a filter, a link to a file)."""
    outside = text.replace("=don-sai-ngam", "").replace('value="don-sai-ngam"', "")
    return "don-sai-ngam" not in outside


def _grouped() -> list[type[models.Model]]:
    found = []
    for model in apps.get_models():
        related = [item for item in model._meta.get_fields() if item.name == "group" and item.is_relation]
        if any(item.related_model is SavingsGroup and item.many_to_one for item in related):
            found.append(model)
    return found


def _fingerprint(group: SavingsGroup) -> list[tuple[str, int, str]]:
    found = []
    for model in _grouped():
        rows = list(model._default_manager.filter(group=group).order_by("pk").values_list())
        found.append((model._meta.label, len(rows), str(hash(tuple(map(_told, rows))))))
    return found


def _told(row: tuple[object, ...]) -> str:
    """A row as text; PostgreSQL gives bytes as a view, whose text is its place in memory."""
    return str([bytes(value) if isinstance(value, memoryview) else value for value in row])


def _assert_nothing_crossed(stage: Stage, before: list[tuple[str, int, str]]) -> None:
    assert _fingerprint(stage.village.neighbour.group) == before
    grouped = set(_grouped())
    for model in grouped:
        for item in model._meta.get_fields():
            if isinstance(item, models.ForeignKey) and item.related_model in grouped:
                crossing = model._default_manager.filter(**{f"{item.name}__isnull": False}).exclude(
                    **{f"{item.name}__group": models.F("group")}
                )
                assert not crossing.exists(), f"{model._meta.label}.{item.name} points into another group"
    theirs = Office.objects.filter(group=stage.village.neighbour.group).values("user")
    assert not Office.objects.filter(group=stage.village.group, user__in=theirs).exists()
