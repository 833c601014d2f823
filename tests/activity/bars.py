"""Every figure the activity alerts are judged by, beside the simple rules: python -m tests.activity.bars.

Seeds 1 to 5 were tuned on; the ones measured by default were not. With --product one small world also goes
through files, import, replay and export of the command line.
"""

import argparse
import time

from lib.activity.rules import Thresholds, thresholds
from lib.store import policy
from tests.activity.inprocess import rivals, run
from tests.activity.scoring import Tally, score
from tests.activity.simulator import simulate

UNSEEN = (301, 302, 303, 304, 305)
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


def measure(
    seeds: tuple[int, ...], accounts: int, days: int, limits: Thresholds, beside: bool = True
) -> tuple[dict[str, Tally], dict[int, Tally]]:
    """Tallies per rule pooled over the seeds, and the desk's own per seed."""
    pooled: dict[str, Tally] = {"desk": Tally()}
    single = {}
    for seed in seeds:
        world = simulate(accounts, days, seed)
        single[seed] = score(world, run(world, limits)[0])
        pooled["desk"].add(single[seed])
        for name, rung in (rivals(world, limits) if beside else {}).items():
            pooled.setdefault(name, Tally()).add(score(world, rung))
    return pooled, single


def shown(pooled: dict[str, Tally], single: dict[int, Tally]) -> None:
    desk = pooled["desk"].figures()
    others = {name: tally.figures() for name, tally in pooled.items() if name != "desk"}
    print(f"{'':<24}{'aim':>7}{'desk':>9}{'':>6}" + "".join(f"{name:>20}" for name in others))
    for name, (aim, moonshot, higher) in AIMS.items():
        good = desk[name] >= aim if higher else desk[name] <= aim
        far = moonshot is not None and (desk[name] >= moonshot if higher else desk[name] <= moonshot)
        print(f"{name:<24}{aim:>7}{desk[name]:>9.3f}{'  ++' if far else '  ok' if good else '  --':<6}"
              + "".join(f"{found[name]:>20.3f}" for found in others.values()))  # fmt: skip
    tally = pooled["desk"]
    print(f"\n{tally.declines} declines, {tally.years:.0f} healthy account-years, {tally.false} false "
          f"alerts, {tally.watch} watch entries")  # fmt: skip
    for seed, one in single.items():
        f = one.figures()
        print(f"  seed {seed}: recall {f['recall']:.3f}, ahead {f['found 30 days ahead']:.3f}, false "
              f"{f['false per account-year']:.3f}, precision {f['precision']:.2f}")  # fmt: skip
    print("misses by shape and team:")
    for kind, count in sorted(tally.of_shape.items()):
        print(f"  {kind:<24}{tally.missed[kind]:>4} of {count}")
    print("false alerts after:")
    for kind, count in tally.blamed.most_common():
        print(f"  {kind:<24}{count:>4}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=UNSEEN)
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--product", action="store_true", help="one world through the command line as well")
    chosen = parser.parse_args()
    limits = thresholds(policy.shipped()["activity"])
    began = time.perf_counter()
    shown(*measure(tuple(chosen.seeds), chosen.accounts, chosen.days, limits))
    print(f"{time.perf_counter() - began:.0f} s")
    if chosen.product:
        from tests.activity.product import compare

        compare(seed=chosen.seeds[0])


if __name__ == "__main__":
    main()
