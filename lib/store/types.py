"""Column types that mean the same on SQLite and PostgreSQL: exact decimals, UTC instants, minor units."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

PLACES = 12


class ExactDecimal(TypeDecorator[Decimal]):
    """A rate, factor or unit price with up to 12 decimals.

    SQLite would turn NUMERIC into a binary float, so the value travels as text there. Sums over this
    type are not taken in SQL; amounts that are summed are minor units.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(30, PLACES, asdecimal=True))
        return dialect.type_descriptor(String(48))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise TypeError(f"an exact decimal is needed, not {value!r}")
        if -value.as_tuple().exponent > PLACES:
            raise ValueError(f"more than {PLACES} decimals: {value}")
        return value if dialect.name == "postgresql" else format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else Decimal(value).normalize() + 0


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware in, stored in UTC, aware UTC out. Naive values are refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive datetime has no instant")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite counts rows by itself only for INTEGER PRIMARY KEY; PostgreSQL wants BIGINT to grow.
RowId = BigInteger().with_variant(Integer, "sqlite")
Minor = BigInteger
Json = JSON
