"""A draft carried into another version or currency of its price book: what it comes to there. Pure."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from lib import format as fmt
from lib.pricing.waterfall import Priced
from lib.quotes.evaluation import Basis
from lib.quotes.forms import LineMore
from lib.quotes.rules import LineForm, QuoteForm
from lib.words import say

_AMOUNTS = ("coupon_minor", "cashback_minor")  # of Choices, typed in the currency of the book


@dataclass(frozen=True)
class Moved:
    """The form as it can stand in the other book. absent: items without a price there, whose lines are gone.
    bundles: those it does not hold alike, whose lines stand alone. typed: amounts somebody typed in the old
    currency, which are gone (line_price, coupon, cashback, credit_limit)."""

    form: QuoteForm
    absent: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def loses(self) -> bool:
        return bool(self.absent or self.bundles or self.typed)


@dataclass(frozen=True)
class Target:
    """A book version a draft can move to. `new` is its price there, `old` the one it has; both without cost.
    lines: item_code, quantity, old_minor, new_minor; None where a side has no such line."""

    book_id: int
    number: int
    currency: str
    valid_from: date
    moved: Moved
    old: Priced
    new: Priced
    lines: tuple[tuple[str, str, int | None, int | None], ...]

    @property
    def same_currency(self) -> bool:
        return self.old.currency == self.new.currency

    @property
    def change(self) -> int:
        """Of the net amount over the term; only in one currency."""
        return self.new.net_minor - self.old.net_minor


def moved(form: QuoteForm, before: Basis, after: Basis) -> Moved:
    """Nothing is converted: what has no price in the other book, or was typed in the old currency, goes."""
    other = before.currency != after.currency
    alike = {code for code, bundle in after.bundles.items()
             if code in before.bundles and before.bundles[code].parts == bundle.parts}  # fmt: skip
    kept, typed = [], []
    for line in form.lines:
        if line.item_code not in after.items:
            continue
        more = _line(line.more, alike, other)
        kept.append(replace(line, more=more))
        if (more.price, more.ramp) != (line.more.price, line.more.ramp):
            typed.append("line_price")
    more = form.more
    if other:
        choices = more.choices
        typed += [name.removesuffix("_minor") for name in _AMOUNTS if getattr(choices, name)]
        terms = dict(more.payment_terms or {})
        if terms.pop("credit_limit_minor", None):
            typed.append("credit_limit")
        more = replace(more, choices=replace(choices, **dict.fromkeys(_AMOUNTS, 0)),
                       payment_terms=terms or None)  # fmt: skip
    absent = [line.item_code for line in form.lines if line.item_code not in after.items]
    lost = [line.more.bundle_code for line in form.lines if line.more.bundle_code not in (None, *alike)]
    return Moved(replace(form, lines=tuple(kept), more=more), *(tuple(dict.fromkeys(names))
                 for names in (absent, lost, typed)))  # fmt: skip


def _line(more: LineMore, alike: set[str], other: bool) -> LineMore:
    bundle = more.bundle_code if more.bundle_code in alike else None
    if not other:
        return replace(more, bundle_code=bundle)
    ramp = tuple(replace(year, price=None) for year in more.ramp)
    return replace(more, bundle_code=bundle, price=None, ramp=ramp)


def line_changes(
    form: QuoteForm, old: Priced, new: Priced, absent: tuple[str, ...]
) -> tuple[tuple[str, str, int | None, int | None], ...]:
    """Each line with its net amount on both sides, in the order of the form."""
    after = iter(new.lines)
    found = []
    for line, was in zip(form.lines, old.lines, strict=True):
        now = None if line.item_code in absent else next(after).net_minor
        found.append((line.item_code, _quantity(line), was.net_minor, now))
    return tuple(found)


def _quantity(line: LineForm) -> str:
    return format(line.quantity.normalize(), "f")


def change_frame(target: Target, basis: Basis, language: str) -> pd.DataFrame:
    """item, quantity, old, new, change as text; the last row is the total."""
    old, new = target.old.currency, target.new.currency
    rows = []
    for code, quantity, was, now in target.lines:
        name = basis.items[code].name(language) if code in basis.items else code
        rows.append((name, quantity, was, now))
    rows.append((say(language, "rebook-total"), "", target.old.net_minor, target.new.net_minor))
    names = ["item", "quantity", "old", "new", "change"]
    return pd.DataFrame(
        [(name, quantity, _amount(was, old, language), _amount(now, new, language),
          _difference(was, now, target, language)) for name, quantity, was, now in rows],
        columns=names,
    )  # fmt: skip


def _amount(minor: int | None, currency: str, language: str) -> str:
    return fmt.MISSING if minor is None else fmt.amount(minor, currency, language)


def _difference(was: int | None, now: int | None, target: Target, language: str) -> str:
    """With its sign; nothing between two currencies."""
    if not target.same_currency or was is None or now is None:
        return fmt.MISSING
    sign = "+" if now > was else ""
    return sign + fmt.amount(now - was, target.new.currency, language)


def loss_texts(target: Target, basis: Basis, language: str) -> list[str]:
    """What would be gone there, one sentence each."""
    comma = say(language, "rebook-comma")

    def listed(names: list[str]) -> str:
        return comma.join(names)

    found, held = [], target.moved
    if held.absent:
        names = [basis.items[code].name(language) if code in basis.items else code for code in held.absent]
        found.append(say(language, "rebook-absent", items=listed(names), currency=target.currency))
    if held.bundles:
        names = [basis.bundles[code].name(language) if code in basis.bundles else code
                 for code in held.bundles]  # fmt: skip
        found.append(say(language, "rebook-bundles", bundles=listed(names)))
    if held.typed:
        names = [say(language, f"rebook-typed-{name.replace('_', '-')}") for name in held.typed]
        found.append(say(language, "rebook-typed", amounts=listed(names), currency=target.old.currency))
    return found
