"""What changed between two contents of a quote, as they were hashed: terms and lines, with the effect on the
net amount. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The parts somebody reads a change of, in this order; "more" and "line_more" hold the rest.
PARTS = ("currency", "book", "starts_on", "months", "prepaid", "discount")
_CODE, _QUANTITY, _DISCOUNT, _NET = 0, 1, 2, -1


@dataclass(frozen=True)
class Change:
    """One difference. `kind` says how both sides are worded; None on a side that has it not. `effect` is
    the change of the net amount over the whole term, in minor units; None where it is not of one line."""

    kind: str  # a name of PARTS, more, given, line (its discount), quantity, price (its net amount)
    name: str
    old: Any
    new: Any
    effect: int | None = None


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every difference: lines first, then terms; empty for equal contents."""
    found = [*_lines(old.get("lines", ()), new.get("lines", ()))]
    found += [Change(p, p, old.get(p), new.get(p)) for p in PARTS if old.get(p) != new.get(p)]
    before, after = (dict(map(tuple, held.get("more") or ())) for held in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            found.append(Change("more", name, before.get(name), after.get(name)))
    return found + _given(old.get("given", ()), new.get("given", ()))


def _given(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[Change]:
    """Concessions that went or came; one that was changed goes and comes."""
    before, after = (Counter(map(tuple, held)) for held in (old, new))
    gone, added = (before - after).elements(), (after - before).elements()
    return [*(Change("given", one[_CODE], one, None) for one in gone),
            *(Change("given", one[_CODE], None, one) for one in added)]  # fmt: skip


def _lines(old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]]) -> list[Change]:
    before, after = _numbered(old), _numbered(new)
    found = []
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        effect = (other[_NET] if other else 0) - (one[_NET] if one else 0)
        if one is None or other is None or one[_QUANTITY] != other[_QUANTITY]:
            sides = (one and one[_QUANTITY], other and other[_QUANTITY])
            found.append(Change("quantity", key[0], *sides, effect))
        elif one[_DISCOUNT] != other[_DISCOUNT]:
            found.append(Change("line", key[0], one[_DISCOUNT], other[_DISCOUNT], effect))
        elif effect:
            found.append(Change("price", key[0], one[_NET], other[_NET], effect))
    return found


def _numbered(lines: Sequence[Sequence[Any]]) -> dict[tuple[str, int], Sequence[Any]]:
    """Lines by product and their how-manieth of it, so that two lines of one product stay apart."""
    seen: dict[str, int] = {}
    found = {}
    for line in lines:
        seen[line[_CODE]] = seen.get(line[_CODE], 0) + 1
        found[(line[_CODE], seen[line[_CODE]])] = line
    return found
