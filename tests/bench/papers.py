"""How long a quote's files take: `python -m tests.bench.papers [--times 7]`.

For 30 and 500 lines, in English, in Chinese and side by side: the median of PDFs whose figures differ each
time (typst remembers what it set before), and of the workbook. The goals are 1 s for 30 lines, 5 s for 500.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from lib.quotes import document
from lib.quotes.workbook import workbook
from tests import make
from tests.quotes.test_document import LINES, paper_of

GOALS = {30: 1.0, 500: 5.0}
LANGUAGES = (("en", "USD"), ("zh-CN", "CNY"), ("bilingual", "CNY"))


def median(act: Callable[[dict[str, Any]], bytes], snapshots: list[dict[str, Any]]) -> tuple[float, int]:
    """Seconds, and bytes of the last one."""
    took, size = [], 0
    for snapshot in snapshots:
        begun = time.perf_counter()
        size = len(act(snapshot))
        took.append(time.perf_counter() - begun)
    return statistics.median(took), size


def snapshots(count: int, language: str, currency: str, times: int) -> list[dict[str, Any]]:
    """Papers of so many lines, each with other quantities."""
    kinds = [line["item_code"] for line in LINES if line["item_code"] != "gold_escort"]
    return [
        paper_of(language, currency, lines=[
            make.quote_line(kinds[n % len(kinds)], n + turn + 1) for n in range(count)
        ])
        for turn in range(times)
    ]  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=7)
    times = asked.parse_args().times
    document.render(paper_of("en", "USD"))  # fonts are read once a process
    for count, goal in GOALS.items():
        for language, currency in LANGUAGES:
            made = snapshots(count, language, currency, times)
            for name, act in (("PDF", document.render), ("XLSX", workbook)):
                seconds, size = median(act, made)
                print(f"{count:>4} lines  {language:<9}  {name:<4}  {seconds * 1000:7.0f} ms  "  # noqa: T201
                      f"{size / 1024:7.0f} kB  {'ok' if seconds < goal else 'OVER'}")  # fmt: skip


if __name__ == "__main__":
    main()
