"""How a request is turned away before it reaches Streamlit."""

from html import escape

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope, Send

from lib.words import LANGUAGES, say


async def refuse_socket(send: Send) -> None:
    """Close before accepting: the handshake gets a 403."""
    await send({"type": "websocket.close", "code": 1008})


def turned_away(scope: Scope, message_id: str, status: int = 403, **values: str) -> Response:
    """An answer that says why not in both languages, the visitor's first; a page for whoever asks for one."""
    headers = Headers(scope=scope)
    spoken = headers.get("accept-language", "").lower()
    languages = reversed(LANGUAGES) if spoken.startswith("zh") else LANGUAGES
    sentences = [(language, say(language, message_id, **values)) for language in languages]
    if "text/html" not in headers.get("accept", ""):
        return PlainTextResponse("".join(f"{said}\n" for _, said in sentences), status_code=status)
    said = "".join(f'<p lang="{language}">{escape(said)}</p>' for language, said in sentences)
    return HTMLResponse(_PAGE.format(language=sentences[0][0], said=said), status_code=status)


# The policy allows style, not script; colours as in the theme.
_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>VIP Desk</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
:root {{ color-scheme: light dark; --ink: #1B1E24; --ground: #FFFFFF; --edge: #DFE2E7; --mark: #332288 }}
@media (prefers-color-scheme: dark) {{
 :root {{ --ink: #E7E9ED; --ground: #15171C; --edge: #30343C; --mark: #B3A9FF }} }}
body {{ margin: 0; background: var(--ground); color: var(--ink); line-height: 1.6;
 font: 15px/1.6 "Source Sans 3", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC",
 sans-serif }}
main {{ box-sizing: border-box; max-width: 30rem; margin: 18vh auto 0; padding: 1.5rem;
 border: 1px solid var(--edge); border-radius: 6px; overflow-wrap: anywhere }}
h1 {{ margin: 0 0 .8rem; font-size: 1.1rem; color: var(--mark) }}
p {{ margin: .8rem 0 0 }}
@media (max-width: 40rem) {{ main {{ margin: 1rem }} }}
</style></head><body><main><h1>VIP Desk</h1>{said}</main></body></html>
"""
