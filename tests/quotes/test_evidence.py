"""What counts as proof of an acceptance, and what does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lib.errors import Conflict, Invalid, NotAllowed, NotFound
from lib.flows.accept_quote import accept_late, accept_quote
from lib.quotes import commands, issuing, proving, queries, versions
from lib.quotes.evidence import FILE_MAX, media_type, read_evidence
from lib.store.database import read_frame
from lib.store.models import Contract, QuoteEvidence
from tests import make
from tests.make import PDF, TODAY

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"


def read(**over: object) -> object:
    return read_evidence(make.evidence(**over), issued_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_file_is_what_its_bytes_say(content, kind):
    assert media_type(content) == kind
    assert read(kind="signed_file", content=content, file_name="evil.exe").media_type == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0",
        b"<html><script>",
        b"%PDF-1.7 cut off",
        PNG[:-1],
        b"\xff\xd8\xff",
        b"PK\x03\x04",
        b" %PDF-1.7 %%EOF",
    ],
)
def test_any_other_file_is_refused_whatever_its_name(content):
    with pytest.raises(Invalid) as refusal:
        read(kind="signed_file", content=content, file_name="signed.pdf")

    assert refusal.value.code == "evidence_type"


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"kind": "handshake"}, "evidence_kind"), ({"signer": "  "}, "evidence_signer"),
        ({"signer": "Wang\x00Tao"}, "evidence_signer"), ({"reference": ""}, "evidence_reference"),
        ({"signed_on": TODAY + timedelta(days=1)}, "evidence_day"),
        ({"signed_on": TODAY - timedelta(days=1)}, "evidence_day"), ({"signed_on": None}, "evidence_day"),
        ({"kind": "signed_file"}, "evidence_file"),
        ({"kind": "signed_file", "file_name": "a.pdf", "content": PDF + b"0" * FILE_MAX}, "evidence_size"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(over, code):
    with pytest.raises(Invalid) as refusal:
        read(**over)

    assert refusal.value.code == code


def test_nothing_is_accepted_without_proof(database, manager, issued, seen):
    with pytest.raises(Invalid):
        accept_quote(manager, issued, seen(manager, issued), evidence={"kind": "email", "signer": "Wang Tao"})

    assert queries.quote(manager, issued).status == "sent"
    assert read_frame(select(Contract.id)).empty


def test_the_signed_file_stands_beside_what_was_accepted(database, manager, other_manager, issued, seen):
    proof = make.evidence(kind="signed_file", content=PDF, file_name="../../signed <b>.pdf")
    accept_quote(manager, issued, seen(manager, issued), evidence=proof)

    kept = proving.life(manager, issued).proofs.iloc[0]
    version = queries.quote(manager, issued)
    row = read_frame(select(QuoteEvidence.content_hash)).iloc[0]
    assert proving.proof(manager, issued, int(kept.id)) == PDF
    assert row.content_hash == versions.snapshot_of(manager, issued)["hash"]
    assert proving.proof_name(kept.sha256, kept.media_type, "x").endswith(".pdf")
    assert "/" not in proving.proof_name(kept.sha256, kept.media_type, "x")
    assert version.status == "accepted"
    for asked in (issued, issued + 50):
        with pytest.raises(NotFound):
            proving.proof(other_manager, asked, int(kept.id))


def test_a_second_proof_is_kept_beside_the_first(database, manager, issued, seen):
    with pytest.raises(Conflict):
        proving.add_evidence(manager, issued, seen(manager, issued), evidence=make.evidence())
    accept_quote(manager, issued, seen(manager, issued), evidence=make.evidence())

    file = make.evidence(kind="signed_file", content=PNG, file_name="page.png")
    proving.add_evidence(manager, issued, seen(manager, issued), evidence=file)

    assert proving.life(manager, issued).proofs.kind.tolist() == ["order_number", "signed_file"]


def test_a_form_sent_twice_writes_one_contract(database, manager, issued, seen):
    version = seen(manager, issued)
    made = [accept_quote(manager, issued, version, evidence=make.evidence(), form_key="k1") for _ in range(2)]

    assert made[0] == made[1]
    assert len(read_frame(select(Contract.id))) == len(read_frame(select(QuoteEvidence.id))) == 1


def after(viewer: object, moment: datetime) -> object:
    return replace(viewer, now=moment)


def test_a_quote_holds_to_the_last_moment_of_its_last_day_where_the_customer_is(
    database, manager, leader, draft, seen
):
    """Valid to the end of 4 December in Shanghai, which is 16:00 UTC."""
    quote_id = draft()
    commands.submit_quote(manager, quote_id, seen(manager, quote_id))
    issuing.issue_quote(manager, quote_id, seen(manager, quote_id))
    late = after(manager, datetime(2026, 12, 4, 16, 0, tzinfo=UTC))
    proof = make.evidence(signed_on=datetime(2026, 12, 4).date())

    with pytest.raises(Conflict) as refusal:
        accept_quote(late, quote_id, seen(manager, quote_id), evidence=proof)
    assert refusal.value.code == "quote_expired"
    last = after(manager, datetime(2026, 12, 4, 15, 59, 59, tzinfo=UTC))
    with pytest.raises(Conflict):
        accept_late(
            after(leader, last.now), quote_id, seen(manager, quote_id), evidence=proof, reason="Early"
        )
    accept_quote(last, quote_id, seen(manager, quote_id), evidence=proof)

    assert queries.quote(manager, quote_id).status == "accepted"


def test_a_late_acceptance_names_who_and_why(database, manager, leader, issued, seen):
    moment = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
    proof = make.evidence(signed_on=datetime(2026, 12, 9).date())

    with pytest.raises(NotAllowed):
        accept_late(after(manager, moment), issued, seen(manager, issued), evidence=proof, reason="Post")
    with pytest.raises(Invalid):
        accept_late(after(leader, moment), issued, seen(manager, issued), evidence=proof, reason=" ")
    accept_late(after(leader, moment), issued, seen(manager, issued), evidence=proof, reason="Post was slow")

    kept = proving.life(manager, issued).proofs.iloc[0]
    assert (kept.late_reason, kept.person) == ("Post was slow", "Ada Berg")
