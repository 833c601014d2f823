"""Who takes part in the demo: the vendor's own people and its customers, the same for every same day."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from lib.demo.stories import STORIES, Story
from lib.settings import ROOT

SEED = 20_111
CUSTOMERS = 328
FOLDER = ROOT / "data" / "demo"
TIERS = (("Diamond", 0.12), ("Platinum", 0.33), ("Gold", 0.55))
QUIET = Story("steady")


@dataclass(frozen=True)
class Customer:
    """One account of the demo. `number` counts from 0; `left_on` is the first day after a lost contract."""

    number: int
    name: str
    name_zh: str
    legal_name: str
    region: str
    country: str
    city: str
    industry: str
    language: str
    currency: str
    tier: str
    domain: str
    team: int
    signed_up_on: date
    left_on: date | None
    story: Story

    @property
    def speaks(self) -> int:
        """Position of the customer's language in a pair of texts."""
        return 1 if self.language == "zh-CN" else 0


@lru_cache(maxsize=2)
def material(name: str) -> dict[str, Any]:
    """The word lists of data/demo/NAME.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def dice(*where: int) -> np.random.Generator:
    """Random numbers that depend on the seed and on `where` alone, never on what was drawn before."""
    return np.random.default_rng([SEED, *where])


def customers(today: date) -> list[Customer]:
    """The demo's customers as of its first day. Stories stand first, so that they spread over all books."""
    words, rng = material("names"), dice(1)
    pairs = [(s, e) for s in words["starts"] for e in words["ends"]]
    brands = [pairs[i] for i in rng.permutation(len(pairs))[:CUSTOMERS]]
    stories = [story for story in STORIES for _ in range(story.times)]
    stories += [QUIET] * (CUSTOMERS - len(stories))
    return [_customer(i, brands[i], stories[i], today, rng) for i in range(CUSTOMERS)]


def _customer(number: int, brand: tuple, story: Story, today: date, rng: np.random.Generator) -> Customer:
    words = material("names")
    shares = np.array([region["share"] for region in words["regions"]], dtype=float)
    region = words["regions"][rng.choice(len(shares), p=shares / shares.sum())]
    city, city_zh, country = region["cities"][rng.integers(len(region["cities"]))]
    trade, trade_en, trade_zh = words["trades"][rng.integers(len(words["trades"]))]
    name, name_zh = brand[0][0] + brand[1][0], brand[0][1] + brand[1][1]
    is_chinese = country == "CN"
    left_on = today - timedelta(days=story.left_ago) if story.left_ago else None
    return Customer(
        number=number,
        name=f"{name} {trade_en}",
        name_zh=f"{name_zh}{trade_zh}",
        legal_name=f"{city_zh}{name_zh}{trade_zh}有限公司" if is_chinese else f"{name} {trade_en} Ltd",
        region=region["code"],
        country=country,
        city=city,
        industry=trade,
        language=region["language"],
        currency=str(_drawn(region["currencies"], rng)),
        tier=str(_drawn(dict(TIERS), rng)),
        domain=f"{name.lower()}-{trade_en.lower()}.example",
        team=story.team or int(np.clip(np.round(rng.lognormal(1.85, 0.55)), 3, 25)),
        signed_up_on=today - timedelta(days=_age(story, rng)),
        left_on=left_on,
        story=story,
    )


def _age(story: Story, rng: np.random.Generator) -> int:
    """Days since sign-up. Fading customers come up for renewal within the next months, lost ones left at
    the end of a year."""
    drawn = int(rng.integers(95, 1_800))
    if story.age:
        return story.age
    if story.due_in:
        return 365 * int(rng.integers(2, 5)) - story.due_in
    return story.left_ago + 365 * int(rng.integers(1, 4)) if story.left_ago else drawn


def _drawn(weights: dict[str, float], rng: np.random.Generator) -> str:
    values = np.array(list(weights.values()), dtype=float)
    return list(weights)[rng.choice(len(values), p=values / values.sum())]
