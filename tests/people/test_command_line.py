"""python -m lib person: the technical person keeps people's records, under the same locks."""

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from lib import __main__ as command_line
from lib.access import GRANTS, Role
from lib.people import identity
from lib.store import models as m
from lib.store.database import read_one
from tests import make


def run(*arguments: str):  # noqa: ANN201 - typer's own result
    return CliRunner().invoke(command_line.app, ["person", *arguments])


def roles_of(name: str, now) -> set[Role]:  # noqa: ANN001 - the fixture
    found = read_one(select(m.Person.id).where(m.Person.name == name))
    viewer = identity.viewer_of(found[0], now) if found else None
    return set(viewer.roles) if viewer else set()


def test_the_first_admin_comes_from_the_command_line(database, now, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "operator")

    done = run("add", "Gao Ling", "--email", "gao@vendor.example", "--role", "admin", "--role", "sales",
               "--identity", "https://id.example", "77")  # fmt: skip

    assert done.exit_code == 0, done.output
    assert roles_of("Gao Ling", now) == {Role.ADMIN, Role.SALES}
    entry = read_one(select(m.AuditEntry.acting_as, m.AuditEntry.command))
    assert tuple(entry) == ("operator", "people.add")
    person = read_one(select(m.Person.issuer, m.Person.subject).where(m.Person.name == "Gao Ling"))
    assert tuple(person) == ("https://id.example", "77")


def test_roles_off_on_and_sign_out_by_name_number_and_address(embedded, now, admin):
    person_id = make.person(name="Lin Wei", name_zh="林伟", email="lin@vendor.example")

    assert run("role", "lin wei", "--add", "sales", "--add", "approver_1").exit_code == 0
    assert roles_of("Lin Wei", now) == {Role.SALES, Role.APPROVER_1}
    assert run("role", str(person_id), "--remove", "sales").exit_code == 0
    assert roles_of("Lin Wei", now) == {Role.APPROVER_1}
    assert run("sign-out", "lin@vendor.example").exit_code == 0
    assert "Off" in run("off", "林伟", "--reason", "Left").stdout
    assert roles_of("Lin Wei", now) == set()
    assert "Active" in run("on", "Lin Wei").stdout


def test_the_list_speaks_the_language_asked_for(embedded, admin):
    assert "Root Admin · Admin · Active" in run("list").stdout
    told = CliRunner().invoke(command_line.app, ["--lang", "zh-CN", "person", "list"])
    assert "Root Admin · 管理员 · 启用" in told.stdout
    assert "VIP Desk" not in told.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("off", "Root Admin"), "last active admin"),
        (("role", "Root Admin", "--remove", "admin"), "last active admin"),
        (("role", "Root Admin", "--add", "sales", "--remove", "admin"), "last active admin"),
        (("off", "Nobody"), "Nobody is called"),
        (("off", "VIP Desk"), "Nobody is called"),
        (("off", "Twin"), "fits several people"),
        (("role", "Root Admin"), "--add or --remove"),
        (("add", ""), "name"),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(embedded, now, admin, arguments, told):
    make.person(name="Twin")
    make.person(name="Twin")

    done = run(*arguments)

    assert done.exit_code == 1
    assert told in done.stderr
    assert roles_of("Root Admin", now) == {Role.ADMIN}


def test_the_technical_role_is_no_choice(embedded):
    assert run("add", "X", "--role", "technical").exit_code == 2


def test_keeping_people_gives_the_command_line_no_approval_and_no_sending():
    forbidden = {
        "quote.approve",
        "quote.issue",
        "quote.submit",
        "quote.write",
        "book.hand_over",
        "person.write",
    }

    assert not forbidden & GRANTS[Role.TECHNICAL]
    assert {"person.read", "person.keep"} <= GRANTS[Role.TECHNICAL]
