"""What stands before Streamlit: who may knock, which doors are closed, and the headers of every answer.

`middleware()` is the whole wall, outermost first. With a provider people sign in with their company;
without one the desk serves the machine it runs on.
"""

from starlette.middleware import Middleware

from lib.edge.answers import SafeAnswers
from lib.edge.callers import CompanyAddress, Forwarded
from lib.edge.cookies import SmallCookies
from lib.edge.hooks import QuoteHook
from lib.edge.links import DeepLinks
from lib.edge.local import LocalOnly
from lib.edge.private import SignedInOnly
from lib.settings import settings


def middleware() -> list[Middleware]:
    """For st.App, outermost first."""
    walls = (
        [CompanyAddress, SignedInOnly, DeepLinks, SmallCookies] if settings().has_provider else [LocalOnly]
    )
    return [Middleware(wall) for wall in (Forwarded, SafeAnswers, QuoteHook, *walls)]
