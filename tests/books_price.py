"""The price side of a book: its quote and all around it, promo windows, benefits; see tests/books.py."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from lib.access import Viewer
from lib.store import models as m
from lib.store.database import reading
from tests import make
from tests.make import NOW, TODAY


def offers(account: int, owner: Viewer, mark: str, quote: int) -> dict[str, int]:
    """The account queued in the one window of the calendar, which is everybody's."""
    with reading() as connection:
        window = connection.execute(select(m.PromoWindow.id)).scalar()
    if window is None:
        window = make.window("november", owner.person_id)
        make.insert(m.RivalPromo(rival="Rival", what="Buy one, get one", starts_on=TODAY,
                                 noted_by=owner.person_id, noted_at=NOW))  # fmt: skip
    claim = make.insert(
        m.PromoClaim(window_id=window, account_id=account, applied_at=NOW, applied_by=owner.person_id)
    )
    given = make.insert(
        m.QuoteConcession(account_id=account, quote_id=quote, code="co_marketing", currency="USD",
                          cost_minor=600_000, list_minor=100, owner_id=owner.person_id, status="granted",
                          give_status="open", give_code="data", give_text=f"{mark} data", give_due_on=TODAY,
                          created_by=owner.person_id, created_at=NOW)
    )  # fmt: skip
    deal = make.insert(
        m.VolumeDeal(account_id=account, owner_id=owner.person_id, currency="USD", committed_minor=500_000,
                     benefit=f"{mark} benefit", starts_on=TODAY, ends_on=date(2027, 11, 1),
                     created_by=owner.person_id, created_at=NOW)
    )  # fmt: skip
    return {"promo_claim": claim, "quote_concession": given, "volume_deal": deal}


def guests(account: int, owner: Viewer, contact: int) -> dict[str, int]:
    """The contact invited to the one event, which is everybody's."""
    with reading() as connection:
        event = connection.execute(select(m.VipEvent.id)).scalar()
    if event is None:
        event = make.insert(m.VipEvent(kind="golf", name="Open day", held_on=date(2027, 1, 9),
                                       created_by=owner.person_id, created_at=NOW))  # fmt: skip
    return {"event_guest": make.insert(
        m.EventGuest(event_id=event, account_id=account, contact_id=contact, invited_on=TODAY,
                     invited_by=owner.person_id)
    )}  # fmt: skip


def quote(account: int, seller: Viewer, mark: str, renewal: int, contact: int) -> dict[str, int]:
    """A quote that waits for approval; written by the seller."""
    with reading() as connection:
        book_id = connection.execute(select(m.PriceBook.id).order_by(m.PriceBook.id)).scalar()
        item = connection.execute(select(m.PriceItem.code).where(m.PriceItem.book_id == book_id)).scalar()
        currency = connection.execute(select(m.PriceBook.currency).where(m.PriceBook.id == book_id)).scalar()
    quote = make.insert(
        m.Quote(
            account_id=account, renewal_id=renewal, title=f"{mark} quote", status="pending_approval",
            created_by=seller.person_id, created_at=NOW, updated_at=NOW,
        )
    )  # fmt: skip
    version = make.insert(
        m.QuoteVersion(
            quote_id=quote, status="pending_approval", book_id=book_id, currency=currency, starts_on=TODAY,
            valid_until=date(2026, 12, 31), edited_by=seller.person_id, list_minor=1_000_000,
            net_minor=600_000, arr_minor=600_000, discount=Decimal("0.4"), content_hash="0" * 64,
            effective_discount=Decimal("0.4"), justification=f"{mark} reason", submitted_at=NOW,
        )
    )  # fmt: skip
    make.insert(
        m.QuoteLine(
            quote_version_id=version, position=1, item_code=item, quantity=Decimal(10),
            list_minor=1_000_000, net_minor=600_000,
        )
    )  # fmt: skip
    asked = make.insert(
        m.QuoteApproval(quote_id=quote, quote_version_id=version, content_hash="0" * 64, content={},
                        tested={}, findings=[["D-30", "discount", "approve", "0.3"]],
                        asked_by=seller.person_id, asked_at=NOW)
    )  # fmt: skip
    make.insert(
        m.QuoteApprovalStep(approval_id=asked, place=1, level=3, mode="any", need=1, hours=48, escalate=3,
                            rules=["D-30"], state="open", opened_at=NOW)
    )  # fmt: skip
    make.insert(
        m.QuoteQuestion(approval_id=asked, person_id=seller.person_id, text=f"{mark} question", said_at=NOW)
    )
    make.insert(
        m.QuoteEvent(quote_id=quote, revision=1, kind="viewed", source="hand", happened_at=NOW,
                     recorded_at=NOW, person_id=seller.person_id, dedupe_key=f"hand:{mark}",
                     note=f"{mark} call")
    )  # fmt: skip
    evidence = make.insert(
        m.QuoteEvidence(quote_version_id=version, kind="email", signer=f"{mark} signer", signed_on=TODAY,
                        reference=f"{mark} mail", content=mark.encode(), sha256="0" * 64,
                        content_hash="0" * 64, recorded_by=seller.person_id, recorded_at=NOW)
    )  # fmt: skip
    make.insert(
        m.QuoteMail(quote_version_id=version, contact_id=contact, message_key=f"mail-{mark}",
                    person_id=seller.person_id, created_at=NOW)
    )  # fmt: skip
    agreed = make.insert(
        m.ContractedPrice(
            account_id=account, book_code="saas", item_code="support", currency=currency, price=Decimal(250),
            valid_from=TODAY, reason=f"{mark} agreed", created_by=seller.person_id, created_at=NOW,
        )
    )  # fmt: skip
    mail = make.insert(
        m.QuoteMail(quote_version_id=version, contact_id=contact, message_key=f"{mark}-mail",
                    person_id=seller.person_id, created_at=NOW, state="sending", claim="mine")
    )  # fmt: skip
    return {"quote": quote, "quote_version": version, "evidence": evidence, "contracted_price": agreed,
            "mail": mail}  # fmt: skip


def benefits(account: int, owner: Viewer, mark: str, ids: dict[str, int]) -> dict[str, int]:
    """A benefit that waits to be checked, its instruction, an exception, a movement of ARR."""
    benefit = make.insert(
        m.Benefit(account_id=account, order_number="QT-1", contract_id=ids["contract"], kind="extra",
                  code="workshop", title_en=f"{mark} workshop", title_zh=f"{mark} workshop", granted=4,
                  currency="USD", value_minor=600_000, starts_on=TODAY, state="checking", promised_at=NOW,
                  due_at=NOW, dedupe_key=f"QT-1:{mark}")
    )  # fmt: skip
    action = make.insert(
        m.FulfilmentAction(benefit_id=benefit, account_id=account, target="file", payload={"code": mark},
                           idempotency_key=f"key-{mark}", state="sending", claim="mine", attempts=1,
                           due_at=NOW, claimed_at=NOW, created_at=NOW)
    )  # fmt: skip
    problem = make.insert(
        m.BenefitProblem(account_id=account, benefit_id=benefit, order_number="QT-1", what=f"{mark} lacks it",
                         opened_by=owner.person_id, opened_at=NOW, due_at=NOW)
    )  # fmt: skip
    make.insert(
        m.ArrMovement(account_id=account, contract_id=ids["contract"], kind="new", currency="USD",
                      before_minor=0, after_minor=600_000, effective_on=TODAY, recorded_at=NOW,
                      person_id=owner.person_id, dedupe_key=f"moved:{mark}")
    )  # fmt: skip
    offered = make.insert(
        m.RightGrant(account_id=account, code="presale", level="gold", proposed_at=NOW,
                     dedupe_key=f"presale:{mark}")
    )  # fmt: skip
    return {"right_grant": offered, "benefit": benefit, "action": action, "benefit_problem": problem}
