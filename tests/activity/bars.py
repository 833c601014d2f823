"""Every figure the activity alerts are judged by, beside other rules: python -m tests.activity.bars.

Two kinds of made-up customer bases: five of `simulator`, and eight families of hardship of `rough` with one
that mixes them. In the same run: the desk, the method note's five rules as they stand there, and three simple
rules. None of the seeds measured by default was tuned on (1 to 28 were). With --product one
small world also goes through files, import, replay and export of the command line.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lib.activity.rules import Thresholds, thresholds
from lib.store import policy
from tests.activity.inprocess import rivals, run
from tests.activity.rough import ANY, FAMILIES, rough
from tests.activity.scoring import Tally, score
from tests.activity.simulator import World, simulate

UNSEEN = (301, 302, 303, 304, 305)
ROUGH_ACCOUNTS, ROUGH_SEEDS = 300, (401, 402, 403)
SHORT = (
    "recall",
    "found 30 days ahead",
    "false per account-year",
    "precision",
    "median lead",
    "median delay",
)
DESK, NOTE = "desk", "note's rules"
# name: (aim, moonshot, whether higher is better)
AIMS = {
    "recall": (0.85, 0.93, True),
    "found 30 days ahead": (0.79, 0.88, True),
    "false per account-year": (0.09, 0.06, False),
    "precision": (0.57, None, True),
    "median lead": (55, None, True),
    "median delay": (45, None, False),
    "single departures": (0.08, None, False),
    "busiest leaves": (0.08, None, False),
    "stopped bots": (0.03, None, False),
    "team holidays": (0.08, None, False),
    "seat clean-ups": (0.03, None, False),
    "stalls found": (0.92, None, True),
    "stalls false": (0.05, None, False),
    "users named right": (0.95, None, True),
}


def note_rules(limits: Thresholds) -> Thresholds:
    """The method note's own numbers, each rule for itself, nothing weighed."""
    return replace(
        limits, opening_ratio=0.65, opening_week_ratio=0.75, opening_weeks_low=3, opening_noise=2.5,
        opening_rest_ratio=0.65, weighing_least=-1e9, onboarding_ratio=0.30, onboarding_evaluations=3,
    )  # fmt: skip


def measure(worlds: Iterable[World], limits: Thresholds) -> dict[str, list[Tally]]:
    """Per rule one tally a world."""
    made: dict[str, list[Tally]] = {}
    for world in worlds:
        rung = {DESK: run(world, limits)[0], NOTE: run(world, note_rules(limits))[0]} | rivals(world, limits)
        for name, alerts in rung.items():
            made.setdefault(name, []).append(score(world, alerts))
    return made


def pooled(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def shown(found: dict[str, list[Tally]], seeds: Sequence[int]) -> None:
    """The aims and what each rule reaches, then the desk's worlds one by one and its misses."""
    figures = {name: pooled(tallies).figures() for name, tallies in found.items()}
    desk, others = figures.pop(DESK), figures
    print(f"{'':<24}{'aim':>7}{DESK:>9}{'':>6}" + "".join(f"{name:>20}" for name in others))
    for name, (aim, moonshot, higher) in AIMS.items():
        good = desk[name] >= aim if higher else desk[name] <= aim
        far = moonshot is not None and (desk[name] >= moonshot if higher else desk[name] <= moonshot)
        print(f"{name:<24}{aim:>7}{desk[name]:>9.3f}{'  ++' if far else '  ok' if good else '  --':<6}"
              + "".join(f"{found[name]:>20.3f}" for found in others.values()))  # fmt: skip
    tally = pooled(found[DESK])
    print(f"\n{tally.declines} declines, {tally.years:.0f} healthy account-years, {tally.false} false "
          f"alerts, {tally.watch} watch entries")  # fmt: skip
    for seed, one in zip(seeds, found[DESK], strict=True):
        f = one.figures()
        print(f"  seed {seed}: recall {f['recall']:.3f}, ahead {f['found 30 days ahead']:.3f}, false "
              f"{f['false per account-year']:.3f}, precision {f['precision']:.2f}")  # fmt: skip
    print("misses by shape and team:")
    for kind, count in sorted(tally.of_shape.items()):
        print(f"  {kind:<24}{tally.missed[kind]:>4} of {count}")
    print("false alerts after:")
    for kind, count in tally.blamed.most_common():
        print(f"  {kind:<24}{count:>4}")


def families(limits: Thresholds, seeds: Sequence[int]) -> None:
    """Each family of `rough` by itself, every rule beside the desk."""
    print(f"\n{'':<36}" + "".join(f"{name:>23}" for name in SHORT), flush=True)
    for family in (*FAMILIES, ANY):
        found = measure((rough(family, ROUGH_ACCOUNTS, seed=seed) for seed in seeds), limits)
        for rule, tallies in found.items():
            figures = pooled(tallies).figures()
            shown = "".join(f"{figures[name]:>23.3f}" for name in SHORT)
            print(f"{family if rule == DESK else '':<15}{rule:<21}{shown}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=UNSEEN)
    parser.add_argument("--rough", type=int, nargs="*", default=ROUGH_SEEDS, help="seeds of the families")
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--product", action="store_true", help="one world through the command line as well")
    chosen = parser.parse_args()
    limits = thresholds(policy.shipped()["activity"])
    began = time.perf_counter()
    worlds = (simulate(chosen.accounts, chosen.days, seed) for seed in chosen.seeds)
    shown(measure(worlds, limits), chosen.seeds)
    families(limits, chosen.rough)
    print(f"{time.perf_counter() - began:.0f} s")
    if chosen.product:
        from tests.activity.product import compare

        compare(seed=chosen.seeds[0])


if __name__ == "__main__":
    main()
