"""A visitor without a browser: speaks Streamlit's websocket and measures what one rerun costs the server."""

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

SECONDS = 120


@dataclass
class Answer:
    """One rerun: milliseconds from asking to the end of the script, bytes sent, errors drawn."""

    milliseconds: float
    bytes: int
    errors: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Visitor:
    """One session of one visitor; `with Visitor(port) as v: v.see("accounts", "search=lumora")`.

    `headers` go with the handshake; a desk without sign-in wants the cookie of `DeskServer.cookie()`, one
    with sign-in the cookies, the origin and the `xsrf` mark of somebody who signed in.
    """

    def __init__(self, port: int, xsrf: str | None = None, **headers: str) -> None:
        self.port = port
        self.protocols = ["streamlit", xsrf] if xsrf else ["streamlit"]
        self.headers = {name.replace("_", "-"): said for name, said in headers.items()}

    def __enter__(self) -> "Visitor":
        self._opened = connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=self.protocols, max_size=None,
            compression=None, additional_headers=self.headers,
        )  # fmt: skip
        self.socket = self._opened.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.__exit__(None, None, None)

    def see(self, page: str = "", query: str = "") -> Answer:
        """Run the script for a page address and wait until it has finished."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        asked.rerun_script.context_info.timezone = "Asia/Shanghai"
        asked.rerun_script.context_info.locale = "en-US"
        began = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        return self._listen(began)

    def _listen(self, began: float) -> Answer:
        answer = Answer(0.0, 0)
        while True:
            data = self.socket.recv(timeout=SECONDS)
            answer.bytes += len(data)
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._note(message, answer)
            if kind == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
            ):
                answer.milliseconds = (time.perf_counter() - began) * 1000
                return answer

    @staticmethod
    def _note(message: ForwardMsg, answer: Answer) -> None:
        if not message.delta.HasField("new_element"):
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            answer.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert":
            answer.errors.append(element.alert.body)
        elif kind in ("markdown", "heading", "text"):
            answer.texts.append(getattr(element, kind).body)
