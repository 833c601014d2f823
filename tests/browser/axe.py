"""axe-core in a page of the desk, and the list of what Streamlit's own markup leaves."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
EXCEPTIONS = Path(__file__).parent / "axe_exceptions.toml"
GRAVE = {"serious", "critical"}
# Each node is told apart by the widget it lies in: class names are Streamlit's and change with each version.
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  const widget = node => {
    const inside = document.querySelector(node.target[node.target.length - 1]);
    const text = ['stMarkdownContainer', 'stMarkdown', 'stElementContainer', 'stCaptionContainer'];
    const not = text.map(name => `:not([data-testid="${name}"])`).join('');
    const near = inside && inside.closest(`[data-testid]${not}`);
    return near ? near.getAttribute('data-testid') : 'page';
  };
  return found.violations.flatMap(v => v.nodes.map(n => (
    {rule: v.id, impact: v.impact, widget: widget(n), html: n.html.slice(0, 200), why: n.failureSummary})));
}"""


@dataclass(frozen=True)
class Violation:
    """One element that breaks a rule: axe's rule, Streamlit's widget around it, and what axe says."""

    rule: str
    widget: str
    html: str
    why: str

    @property
    def kind(self) -> tuple[str, str]:
        return self.rule, self.widget

    def __str__(self) -> str:
        return f"{self.rule} in {self.widget}: {self.html} ({' '.join(self.why.split())[:240]})"


@cache
def exceptions() -> dict[tuple[str, str], str]:
    """(rule, widget) -> the reason why it stays."""
    listed = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8")).get("exception", [])
    return {(one["rule"], one["widget"]): one["reason"] for one in listed}


def grave(page: Page) -> list[Violation]:
    """What axe finds serious or critical on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(_RUN)
    return [
        Violation(one["rule"], one["widget"], one["html"], one["why"] or "")
        for one in found
        if one["impact"] in GRAVE
    ]
