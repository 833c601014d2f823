"""Names in the reader's language, in SQL: the Chinese one for Chinese readers where there is one."""

from typing import Any

from sqlalchemy import ColumnElement, func

from lib.access import Viewer


def spoken_name(viewer: Viewer, model: Any) -> ColumnElement[str]:
    """`name_zh` of an account or person for a viewer who reads Chinese, else `name`."""
    if viewer.language == "zh-CN":
        return func.coalesce(func.nullif(model.name_zh, ""), model.name)
    return model.name
