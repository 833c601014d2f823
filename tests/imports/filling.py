"""Imports the sample files of one store's worth, in the order their references need."""

from pathlib import Path

from lib.access import Viewer
from lib.flows.import_file import import_path
from lib.imports.results import ImportResult

FILES = {
    "ravenstack": (
        ("accounts", "ravenstack_accounts.csv"), ("subscriptions", "ravenstack_subscriptions.csv"),
        ("feature_usage", "ravenstack_feature_usage.csv"), ("tickets", "ravenstack_support_tickets.csv"),
        ("churn_events", "ravenstack_churn_events.csv"),
    ),
    "maven-crm": (
        ("people", "sales_teams.csv"), ("accounts", "accounts.csv"), ("opportunities", "sales_pipeline.csv"),
    ),
    "fightchurn-crm5": (
        ("accounts", "accounts.csv"), ("subscriptions", "subscriptions.csv"), ("activity", "daily_usage.csv"),
        ("feature_usage", "weekly_usage_by_event.csv"),
    ),
    "git-activity": (("accounts", "accounts.csv"), ("activity", "daily_activity.csv")),
    "taiwan-companies": (("accounts", "twse_companies.csv"),),
    "activity-log": (("accounts", "accounts.csv"), ("users", "users.csv"), ("activity", "activity.csv")),
}  # fmt: skip


def fill(
    viewer: Viewer, folder: Path, sets: tuple[str, ...] = ("ravenstack", "maven-crm", "activity-log")
) -> dict[str, ImportResult]:
    """Import whole sets below `folder`; results by `set/kind`."""
    return {
        f"{name}/{kind}": import_path(viewer, kind, folder / name / file, name)
        for name in sets
        for kind, file in FILES[name]
    }
