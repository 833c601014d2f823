"""Settings from the environment (VIP_DESK_…), read once; a wrong value stops the start with a sentence."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_STORE = f"sqlite:///{ROOT / 'data' / 'vip-desk.db'}"


class Settings(BaseSettings):
    """Everything somebody may change about a running desk; see the table in the README."""

    model_config = SettingsConfigDict(env_prefix="VIP_DESK_", extra="ignore")

    database_url: str = DEFAULT_STORE
    demo: Literal["auto", "off"] = "auto"  # auto: an embedded store that does not exist yet gets demo data
    zone: str = "Asia/Shanghai"  # the company's time zone: what "today" means
    company_en: str = "Harbourline Systems"
    company_zh: str = "海岸线软件"
    datasets: Path | None = None  # folder with third-party files for tests and trials
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("database_url")
    @classmethod
    def _known_store(cls, value: str) -> str:
        if value.startswith("sqlite:///"):
            return value
        for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
            if value.startswith(prefix):
                return "postgresql+psycopg://" + value.removeprefix(prefix)
        raise ValueError("use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no time zone; example: Asia/Shanghai")
        return value

    @property
    def is_embedded(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Exits with one sentence per wrong setting."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"VIP_DESK_{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        ]
        raise SystemExit("VIP Desk does not start. " + " ".join(lines)) from None
