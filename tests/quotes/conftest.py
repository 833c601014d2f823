"""A quote in an account of the manager, and short ways to bring it where a test begins."""

from collections.abc import Callable
from typing import Any

import pytest

from lib.access import Viewer
from lib.quotes import commands, issuing, queries
from tests import make


def version_of(viewer: Viewer, quote_id: int) -> int:
    return queries.quote(viewer, quote_id).version


@pytest.fixture
def account_id(manager) -> int:
    return make.account(
        owner=manager.person_id, name="Lumora Home", name_zh="深圳市鹿茉家居有限公司",
        legal_name="Shenzhen Lumora Home Co., Ltd.", city="Shenzhen", country="China",
    )  # fmt: skip


@pytest.fixture
def draft(manager, account_id) -> Callable[..., int]:
    """Make and save a draft: `draft(lines=[…], discount=Decimal("0.1"))` gives its id."""

    def make_draft(*, viewer: Viewer = manager, lines: list | None = None, **values: Any) -> int:
        quote_id = commands.create_quote(viewer, account_id)
        commands.save_draft(
            viewer, quote_id, version_of(viewer, quote_id), values=make.quote_form(**values),
            lines=[make.quote_line()] if lines is None else lines,
        )  # fmt: skip
        return quote_id

    return make_draft


@pytest.fixture
def seen() -> Callable[[Viewer, int], int]:
    """The version of a quote as a viewer sees it now."""
    return version_of


@pytest.fixture
def issued(manager, draft, seen) -> int:
    """A quote that is out with the customer."""
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    return quote_id
