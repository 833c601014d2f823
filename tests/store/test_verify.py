"""Whoever rewrites the record of changes is named by its first broken record: stores of both kinds, really
tampered with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from lib.audit.commands import seal, seal_day
from lib.store import backup, chain, check, verify
from lib.store.chain import digest_of
from lib.store.database import read_frame, reading, transaction
from lib.store.doors import audit
from lib.store.models import AuditEntry, AuditHead, AuditSeal
from lib.store.seals import seal_digest
from tests import make


@pytest.fixture
def kept(database, technical, admin):
    """Two accounts with five entries each, two seals and entries after them; (first, second) account."""
    accounts = make.account(), make.account()
    for number in range(5):
        write(admin, accounts, number)
        if number in (1, 3):
            seal(technical)
    with transaction() as session:
        session.info["command"] = "policy.change"
        audit(session, admin, "policy_version", 1, new={"a.b": "1"}, reason="为什么")
    assert faults() == []
    return accounts


def write(viewer, accounts, number) -> None:
    with transaction() as session:
        session.info["command"] = "accounts.correct_account"
        for account in accounts:
            audit(session, viewer, "account", account, account_id=account, old={"seats": number},
                  new={"seats": number + 1, "城市": "杭州", "rate": 0.1})  # fmt: skip


def faults(since: str | None = None) -> list[verify.Fault]:
    with reading() as connection:
        return list(verify.faults(connection, since))


def first() -> verify.Fault:
    return faults()[0]


def entry(stream: int, position: int):
    return read_frame(
        select(AuditEntry).where(AuditEntry.stream == stream, AuditEntry.position == position)
    ).iloc[0]


def tamper(*statements) -> None:
    """Whoever owns the store can set its guards aside."""
    with transaction() as session:
        lite = session.connection().dialect.name == "sqlite"
        for table in ("audit_entry", "audit_seal"):
            for act in ("UPDATE", "DELETE"):
                off = f"DROP TRIGGER IF EXISTS {table}_no_{act}"
                session.execute(text(off if lite else f"{off} ON {table}"))
        for statement in statements:
            session.execute(statement if not isinstance(statement, str) else text(statement))


def test_a_sound_record_has_no_fault(kept):
    assert faults() == []
    assert [f.code for f in check.examine() if not f.ok] == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("person_id", 1), ("command", "x"), ("new", {"seats": 99}), ("reason", "other"), ("address", "10.0.0.1"),
     ("row_id", 77), ("happened_at", make.NOW - timedelta(microseconds=1))],
)  # fmt: skip
def test_a_changed_value_is_named(kept, column, value):
    row = entry(kept[0], 3)
    tamper(update(AuditEntry).where(AuditEntry.id == int(row.id)).values({column: value}))

    assert first() == verify.Fault("altered", kept[0], 3, int(row.id))


def test_a_removed_entry_is_named_by_the_one_that_follows_it(kept):
    row = entry(kept[0], 3)
    tamper(f"DELETE FROM audit_entry WHERE stream = {kept[0]} AND position = 2")

    assert first() == verify.Fault("gap", kept[0], 3, int(row.id), what="1")


def test_two_swapped_entries_are_named(kept):
    s = kept[1]
    row = entry(s, 3)
    tamper(f"UPDATE audit_entry SET position = 99 WHERE stream = {s} AND position = 2",
           f"UPDATE audit_entry SET position = 2 WHERE stream = {s} AND position = 3",
           f"UPDATE audit_entry SET position = 3 WHERE stream = {s} AND position = 99")  # fmt: skip

    assert first() == verify.Fault("altered", s, 2, int(row.id))


def test_a_cut_tail_is_named(kept):
    tamper(f"DELETE FROM audit_entry WHERE stream = {kept[0]} AND position = 5")

    assert first() == verify.Fault("cut", kept[0], 5, what="5")


def test_a_tail_cut_together_with_its_head_is_named_by_the_seal(kept):
    s, row = kept[0], entry(kept[0], 3)
    tamper(f"DELETE FROM audit_entry WHERE stream = {s} AND position > 3",
           update(AuditHead).where(AuditHead.stream == s).values(position=3, digest=row.digest))  # fmt: skip

    assert verify.Fault("cut_sealed", s, 4, number=2, what="4") in faults()


def test_entries_beyond_the_head_are_named(kept):
    s, row = kept[0], entry(kept[0], 4)
    tamper(update(AuditHead).where(AuditHead.stream == s).values(position=4, digest=row.digest))

    assert first() == verify.Fault("beyond", s, 5)


def test_a_changed_and_a_missing_head_are_named(kept):
    tamper(update(AuditHead).where(AuditHead.stream == kept[0]).values(digest="0" * 64),
           f"DELETE FROM audit_head WHERE stream = {kept[1]}")  # fmt: skip

    found = faults()
    assert verify.Fault("head", kept[0], 5) in found
    assert verify.Fault("headless", kept[1], 5) in found


def test_an_entry_outside_every_chain_is_named(kept):
    row_id = make.insert(AuditEntry(happened_at=make.NOW, command="x", table_name="account"))

    assert first() == verify.Fault("unchained", id=row_id)


def test_a_removed_seal_is_named(kept):
    tamper("DELETE FROM audit_seal WHERE number = 1")
    assert first() == verify.Fault("seal_gap", number=1)

    tamper("DELETE FROM audit_seal WHERE number = 2")
    assert first().code == "seal_missing"


def test_a_removed_last_seal_is_named_by_the_entry_that_put_it_on_record(kept):
    tamper("DELETE FROM audit_seal WHERE number = 2")

    assert (first().code, first().number) == ("seal_missing", 2)


def test_a_changed_seal_is_named(kept):
    tamper("UPDATE audit_seal SET sealed_on = '2020-01-01' WHERE number = 2")

    assert first() == verify.Fault("seal_altered", number=2)


def test_a_seal_reach_that_was_changed_is_named(kept):
    tamper(f"UPDATE audit_head SET sealed = 5 WHERE stream = {kept[0]}")

    assert first() == verify.Fault("seal_reach", kept[0], 5)


def rechained(stream: int, **changed) -> list:
    """Statements that rewrite a stream from position 2 on as if it had always been so, heads included."""
    rows = read_frame(select(AuditEntry).where(AuditEntry.stream == stream).order_by(AuditEntry.position))
    rows = rows.astype(object).where(rows.notna(), None)
    previous, made = chain.START, []
    for row in rows.to_dict("records"):
        row |= {"stream": stream, "previous": previous, "account_id": stream or None, "row_id": row["row_id"]}
        if row["position"] == 2:
            row |= changed
        row["happened_at"] = row["happened_at"].to_pydatetime()
        previous = row["digest"] = digest_of(row)
        made.append(update(AuditEntry).where(AuditEntry.id == int(row["id"]))
                    .values({n: row[n] for n in ("previous", "digest", *changed)}))  # fmt: skip
    made.append(update(AuditHead).where(AuditHead.stream == stream).values(digest=previous))
    return made


def test_a_stream_rewritten_consistently_is_named_by_the_seal(kept):
    row = entry(kept[0], 2)
    tamper(*rechained(kept[0], command="other"))

    assert first() == verify.Fault("rewritten", kept[0], 2, int(row.id), number=1)


def resealed() -> list:
    """Statements that compute every seal anew from the entries as they are now."""
    entries = read_frame(select(AuditEntry.stream, AuditEntry.position, AuditEntry.digest))
    digests = {(int(r.stream), int(r.position)): r.digest for r in entries.itertuples()}
    previous, made = chain.START, []
    with reading() as connection:
        seals = connection.execute(select(*AuditSeal.__table__.c).order_by(AuditSeal.number)).fetchall()
    for row in seals:
        heads = [[s, p, digests[(s, p)]] for s, p, _ in row.heads]
        values = dict(row._mapping) | {"heads": heads, "previous": previous}
        previous = values["digest"] = seal_digest(values)
        made.append(update(AuditSeal).where(AuditSeal.number == row.number).values(values))
    return made


@pytest.fixture
def forged(kept, technical, tmp_path):
    """Everything rewritten consistently: entries, heads, seals and the entries about seals; what was kept
    elsewhere is a HEAD and a backup. (first account, its second entry's id, HEAD, backup)."""
    head = seal(technical).head
    backup.write_backup(tmp_path / "desk.zip", make.NOW)
    row_id = int(entry(kept[0], 2).id)
    tamper(*rechained(kept[0], command="other"))
    for _ in range(4):  # each seal's digest stands in an entry that a later seal covers
        tamper(*resealed())
        seals = {int(r.number): r.digest for r in read_frame(select(AuditSeal)).itertuples()}
        told = read_frame(select(AuditEntry.id, AuditEntry.row_id, AuditEntry.new)
                          .where(AuditEntry.command == "audit.seal"))  # fmt: skip
        tamper(*(update(AuditEntry).where(AuditEntry.id == int(r.id))
                 .values(new=r.new | {"digest": seals[int(r.row_id)]})
                 for r in told.itertuples()))  # fmt: skip
        tamper(*rechained(0))
    tamper(*resealed())
    return kept[0], row_id, head, str(tmp_path / "desk.zip")


def test_a_past_rewritten_together_with_its_seals_is_named_by_a_head_kept_elsewhere(forged):
    assert faults() == []
    assert [(f.code, f.number) for f in faults(forged[2])] == [("since_rewritten", 3)]


def test_a_backup_names_the_very_entry_that_was_rewritten(forged):
    stream, row_id, _, file = forged

    audit_finding = next(f for f in check.examine(since=file) if f.code == "audit")

    named = [f for f in audit_finding.faults if f.code == "kept_differs"]
    assert (named[0].stream, named[0].position, named[0].id) == (stream, 2, row_id)
    assert "command" in named[0].what


def test_a_record_cut_back_to_an_earlier_seal_is_named_by_a_head_kept_elsewhere(kept, technical):
    head = seal(technical).head
    with reading() as connection:
        ends = connection.execute(select(AuditSeal.heads).order_by(AuditSeal.number).limit(2)).scalars().all()
    reach = {s: (p, d) for heads in ends for s, p, d in heads}
    tamper("DELETE FROM audit_seal WHERE number > 2", *(
        statement
        for s, (p, d) in reach.items()
        for statement in (
            f"DELETE FROM audit_entry WHERE stream = {s} AND position > {p}",
            update(AuditHead).where(AuditHead.stream == s).values(position=p, digest=d, sealed=p),
        )
    ))  # fmt: skip

    assert faults() == []
    assert faults(head) == [verify.Fault("since_cut", number=3, what="2")]


def test_a_backup_names_an_entry_that_is_gone(kept, tmp_path):
    backup.write_backup(tmp_path / "desk.zip", make.NOW)
    row = entry(kept[0], 5)
    before = entry(kept[0], 4)
    back = update(AuditHead).where(AuditHead.stream == kept[0]).values(position=4, digest=before.digest)
    tamper(f"DELETE FROM audit_entry WHERE stream = {kept[0]} AND position = 5", back)

    found = next(f for f in check.examine(since=str(tmp_path / "desk.zip")) if f.code == "audit")

    assert found.faults == (verify.Fault("kept_gone", kept[0], 5, int(row.id)),)


def test_a_changed_personal_text_is_named(database, admin):
    contact = make.contact(make.account())
    with transaction() as session:
        session.info["command"] = "accounts.correct_contact"
        audit(session, admin, "contact", contact, account_id=1, new={"name": "Wang Tao"})
    assert faults() == []

    with transaction() as session:
        session.execute(text("UPDATE personal_value SET text = 'Other'"))

    assert (first().code, first().id) == ("personal", contact)


def test_a_seal_leaves_an_entry_and_the_day_is_sealed_once(database, technical):
    assert seal_day(technical, make.TODAY) == 1
    assert seal_day(technical, make.TODAY) == 0
    tomorrow = replace(technical, now=technical.now + timedelta(days=1))
    assert seal_day(tomorrow, tomorrow.today) == 1
    told = read_frame(select(AuditEntry.row_id).where(AuditEntry.command == "audit.seal"))
    assert told.row_id.tolist() == [1, 2]
    assert faults() == []


def test_a_seal_is_told_to_the_log_in_one_line(embedded, technical, caplog):
    caplog.set_level("INFO", logger="vip_desk.audit")

    head = seal(technical).head

    assert [r.getMessage() for r in caplog.records if r.name == "vip_desk.audit"] == [
        f"seal head={head} day=2026-11-20 streams=0"
    ]
    assert verify.read_head(head) == (1, head.split(":")[1])
