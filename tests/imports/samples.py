"""Small files of the same layouts as the third-party data sets, with the same kinds of dirt.

For tests where no folder with those data sets is named; deterministic, made up, dated before `last_day`.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

LAST_DAY = date(2026, 11, 19)
TEAM = 6
FADING = "D-003"  # the account of the activity log whose whole team falls silent


def write(folder: Path, last_day: date = LAST_DAY) -> Path:
    """All layouts below `folder`, each in the folder its data set has; the folder itself."""
    chance = Random(11)
    ravenstack(folder / "ravenstack", chance, last_day)
    maven(folder / "maven-crm", chance, last_day)
    fightchurn(folder / "fightchurn-crm5", chance, last_day)
    git_activity(folder / "git-activity", chance, last_day)
    hubspot(folder / "hubspot-seeds")
    taiwan(folder / "taiwan-companies")
    activity_log(folder / "activity-log", chance, last_day)
    return folder


def table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def ravenstack(folder: Path, chance: Random, last_day: date) -> None:
    accounts = [f"A-{i:06x}" for i in range(20)]
    signed = {a: last_day - timedelta(days=chance.randint(200, 600)) for a in accounts}
    table(
        folder / "ravenstack_accounts.csv",
        "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,"
        "is_trial,churn_flag",
        [(a, f"Company_{i}", "FinTech", "US", signed[a], "organic", "Pro", 5 + i, i % 7 == 0, i % 5 == 0)
         for i, a in enumerate(accounts)],
    )  # fmt: skip
    periods = []
    for i in range(60):
        start = last_day - timedelta(days=chance.randint(30, 400))
        end = start + timedelta(days=30) if i % 6 == 0 else ""
        mrr = 0 if i % 9 == 0 else chance.randint(50, 3000)
        periods.append((f"S-{i:06x}", accounts[i % 20], start, end, "Pro", 9, mrr, 12 * mrr, mrr == 0,
            i % 8 == 0,
                        False, bool(end), "annual" if i % 2 else "monthly", i % 4 != 0))  # fmt: skip
    table(
        folder / "ravenstack_subscriptions.csv",
        "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,"
        "upgrade_flag,downgrade_flag,churn_flag,billing_frequency,auto_renew_flag",
        periods,
    )
    uses = [(f"U-{i:06x}", f"S-{i % 60:06x}", last_day - timedelta(days=chance.randint(1, 700)),
             f"feature_{i % 9}", i % 12, i * 7 % 4000, i % 3, i % 10 == 0) for i in range(300)]  # fmt: skip
    uses.append(("U-000000", *uses[5][1:]))  # a repeated id
    table(
        folder / "ravenstack_feature_usage.csv",
        "usage_id,subscription_id,usage_date,feature_name,usage_count,usage_duration_secs,"
        "error_count,is_beta_feature",
        uses,
    )
    days = [last_day - timedelta(days=chance.randint(1, 300)) for _ in range(40)]
    table(
        folder / "ravenstack_support_tickets.csv",
        "ticket_id,account_id,submitted_at,closed_at,resolution_time_hours,priority,"
        "first_response_time_minutes,satisfaction_score,escalation_flag",
        [(f"T-{i:06x}", accounts[i % 20], d, f"{d + timedelta(days=1)} 03:00:00", "27.0", "high", i,
            "4.0" if i % 3
          else "", i % 10 == 0) for i, d in enumerate(days)],
    )  # fmt: skip
    table(
        folder / "ravenstack_churn_events.csv",
        "churn_event_id,account_id,churn_date,reason_code,refund_amount_usd,preceding_upgrade_flag,"
        "preceding_downgrade_flag,is_reactivation,feedback_text",
        [(f"C-{i:06x}", accounts[i % 20], last_day - timedelta(days=i * 9), "features",
            "4.03" if i % 3 else "0.0",
          False, False, i % 5 == 0, "" if i % 4 else "too expensive") for i in range(15)],
    )  # fmt: skip


def maven(folder: Path, chance: Random, last_day: date) -> None:
    companies = ["Acme Corporation", "Betatech", "Bluth Company", "Kan-code", "海蓝科技"]
    table(
        folder / "accounts.csv",
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
        [(c, "technolgy" if i == 0 else "retail", 1996 + i, f"{i * 100 + 718}.62", 300 + i,
          "Philipines" if i == 1 else "United States", "Acme Corporation" if i == 2 else "")
         for i, c in enumerate(companies)],
    )  # fmt: skip
    agents = ["Anna Snelling", "Moses Frase", "Darcel Schlecht"]
    table(folder / "sales_teams.csv", "sales_agent,manager,regional_office",
          [(a, "Dustin Brinkmann", "Central") for a in agents])  # fmt: skip
    deals = []
    for i in range(60):
        engaged = last_day - timedelta(days=chance.randint(60, 300))
        stage = ("Won", "Lost", "Engaging")[i % 3]
        closed = engaged + timedelta(days=50) if stage != "Engaging" else ""
        account = "" if stage == "Engaging" and i % 2 else companies[i % 5]
        value = 500 + i if stage == "Won" else 0 if stage == "Lost" else ""
        deals.append((f"{i:08X}", agents[i % 3], "GTXPro" if i % 4 == 0 else "MG Special", account, stage,
            engaged,
                      closed, value))  # fmt: skip
    table(
        folder / "sales_pipeline.csv",
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        deals,
    )


def fightchurn(folder: Path, chance: Random, last_day: date) -> None:
    table(folder / "accounts.csv", "account_id,channel,customer_since_proxy,state",
          [(i, "web", date(2015, 1, 1) + timedelta(days=i * 50), "CA" if i % 2 else "") for i in range(1,
              11)])  # fmt: skip
    first = last_day.replace(day=1) - timedelta(days=200)
    periods = [(a, p, first + timedelta(days=30 * n), first + timedelta(days=30 * (n + 1)), m, q, u, 1,
        "0.1500")
               for a in range(1, 11) for n in range(6)
               for p, m, q,
                   u in (("basic_mthly", 200, 10, "users"),
                       ("meetings", 300, 5000, "schedule_meeting"))]  # fmt: skip
    table(folder / "subscriptions.csv",
          "account_id,product,start_date,end_date,mrr,quantity,units,bill_period_months,discount",
              periods)  # fmt: skip
    days = [(a, last_day - timedelta(days=d), chance.randint(5, 40), chance.randint(2, 9))
            for a in range(1, 11) for d in range(60)]  # fmt: skip
    table(folder / "daily_usage.csv", "account_id,date,events,active_users", days)
    monday = last_day - timedelta(days=last_day.weekday())
    weeks = [(a, monday - timedelta(days=7 * w), kind, chance.randint(1, 50))
             for a in range(1, 11) for w in range(8) for kind in ("add_lead", "search")]  # fmt: skip
    table(folder / "weekly_usage_by_event.csv", "account_id,week_start,event_type,events", weeks)


def git_activity(folder: Path, chance: Random, last_day: date) -> None:
    accounts = [f"A-{i:010x}" for i in range(10)]
    table(folder / "accounts.csv", "account_id,kind,first_active,last_active,active_days,events,users",
          [(a, "organisation", last_day - timedelta(days=400), last_day, 90, 300,
              4) for a in accounts])  # fmt: skip
    days = [(a, last_day - timedelta(days=d), chance.randint(1, 30), 1 + i % 4)
            for i, a in enumerate(accounts) for d in range(0, 120, 2)]  # fmt: skip
    table(folder / "daily_activity.csv", "account_id,date,events,active_users", days)


def hubspot(folder: Path) -> None:
    stamp = "2020-12-30 3:15:52"
    table(
        folder / "company_data.csv",
        "id,is_deleted,_fivetran_synced,property_name,property_createdate,property_industry,property_city,"
        "property_country,property_annualrevenue,property_hs_all-funky-a9384-syntax",
        [(2182162682 + i, "false", stamp, f"company {i}", "2019-07-05 20:35:26" if i else "2019-07-05", "x",
            "",
          "United States", 10000000, "23") for i in range(4)],
    )  # fmt: skip
    table(
        folder / "deal_data.csv",
        "deal_id,is_deleted,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,property_closedate,"
        "property_createdate",
        [(1244495215 + i, "FALSE", "", "", f"deal {i}", "", "", "2019-12-04 12:48:22") for i in range(4)],
    )


def taiwan(folder: Path) -> None:
    rows = [("1101", "台泥", "TW0001101004", "1962/02/09"), ("1337", "再生-KY", "KYG7431P1008", "2011/11/18"),
            ("2883", "凱基金", "TW0002883006", "2001/12/28"), ("6669", "緯穎", "TW0006669005", "2019/03/27"),
            ("9110", "越南控-DR", "TW0009110008", "2009/10/15"),
                ("3717", "聯嘉投控*", "TW0003717002", "2018/1/3")]  # fmt: skip
    table(folder / "twse_companies.csv", "code,name,ISIN,start,market,group",
          [(*r, "上市", "水泥工業") for r in rows])  # fmt: skip


def activity_log(folder: Path, chance: Random, last_day: date) -> None:
    """Twelve teams at work; the whole team of one account falls silent in its last five weeks."""
    accounts = [f"D-{i:03d}" for i in range(1, 13)]
    table(
        folder / "accounts.csv",
        "account_id,region,vertical,tier,seats,arr,signup_date,am_id",
        [(a, "CN", "fashion", "gold", 10, f"{12000 + i * 100}.00", last_day - timedelta(days=700),
          f"AM-{1 + i % 2}") for i, a in enumerate(accounts)],
    )  # fmt: skip
    users = [
        (f"{a}-U{n}", a, "ops", "human", last_day - timedelta(days=690))
        for a in accounts
        for n in range(TEAM)
    ]
    table(folder / "users.csv", "user_id,account_id,role,kind,created_on", users)
    rows = []
    for ago in range(240, -1, -1):
        day = last_day - timedelta(days=ago)
        for user, account, *_ in users:
            busy = 0.12 if account == FADING and ago < 35 else 0.75
            if chance.random() < (busy if day.weekday() < 5 else busy / 5):
                rows.append((account, user, day, chance.randint(1, 30)))
    table(folder / "activity.csv", "account_id,user_id,day,events", rows)
