"""Every text a page hands to the browser: labels, help, placeholders, options, cells, words of charts."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

# Fields of Streamlit's messages that no reader sees.
_SILENT = {
    "id", "icon", "type", "key", "tag", "theme", "format", "name", "url", "url_path", "page_script_hash",
    "form_id", "query_param_key", "query_string", "deferred_file_id", "autocomplete", "language", "page",
    "min", "max", "default_uri", "element_id", "width_config", "spec", "columns", "raw_value", "raw_values",
    "script_hash", "value", "icon_position", "columns_config", "color", "position", "border", "styler",
    "styles", "uuid", "shortcut",
}  # fmt: skip
_MARKUP = re.compile(r":material/\w+:|:[a-z]+(?:-badge)?\[|\*\*|(?<!\\)\]")


def texts(at: AppTest) -> Iterator[tuple[str, str]]:
    """(where, text) of everything on the page, dialogs and drawers included; markup taken off."""
    for where, text in _of_block(at._tree):  # noqa: SLF001 - the public side shows known widgets alone
        shown = _MARKUP.sub("", text).replace("\\", "").strip()
        if shown:
            yield where, shown


def _of_block(block: Any) -> Iterator[tuple[str, str]]:
    proto = getattr(block, "proto", None)
    if isinstance(proto, Message):
        yield from _of_message(proto, type(proto).__name__)
    for child in (getattr(block, "children", None) or {}).values():
        yield from _of_block(child)


def _of_message(message: Message, where: str) -> Iterator[tuple[str, str]]:
    kind = type(message).__name__
    if kind in ("Dataframe", "Table"):
        yield from _of_frame(message, kind)
    elif kind == "VegaLiteChart":
        yield from _of_chart(message)
    for field, value in message.ListFields():
        if field.name in _SILENT:
            continue
        values = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_STRING:
            yield from ((f"{where}.{field.name}", one) for one in values)
        elif field.type == FieldDescriptor.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for one in values:
                yield from _of_message(one, f"{where}.{field.name}")


def _cells(column: pa.ChunkedArray) -> Iterator[str]:
    for cell in column.to_pylist():
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, list):
            yield from (one for one in cell if isinstance(one, str))


def _of_frame(message: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Cells, headings and their help; a heading that is given stands for its column."""
    table = pa.ipc.open_stream(io.BytesIO(message.arrow_data.data)).read_all()
    config = json.loads(message.columns) if kind == "Dataframe" and message.columns else {}
    for name in table.column_names:
        told = config.get(name, {})
        if not name.startswith("__index") and name != "_index":
            yield f"{kind} heading", told.get("label") or name
        if told.get("help"):
            yield f"{kind} help", told["help"]
    for name in table.column_names:
        chosen = config.get(name, {}).get("type_config", {})
        if chosen.get("type") == "selectbox":  # the cells are codes, a reader sees the options' words
            yield from ((f"{kind} option", str(one.get("label"))) for one in chosen.get("options") or ())
        else:
            yield from ((f"{kind} cell", cell) for cell in _cells(table.column(name)))


def _of_chart(message: Any) -> Iterator[tuple[str, str]]:
    """What a chart writes: the texts of its text marks, of its nominal axes and of its tooltips."""
    drawn = set(re.findall(r'"field": "(\w+)", "type": "nominal"', message.spec))
    for dataset in message.datasets:
        table = pa.ipc.open_stream(io.BytesIO(dataset.data.data)).read_all()
        for name in set(table.column_names) & drawn:
            for cell in table.column(name).to_pylist():
                if isinstance(cell, str) and not re.fullmatch(r"#[0-9A-Fa-f]{6}", cell):
                    yield "chart", cell
