"""Files that leave the desk: always new ones, so that nothing of anybody is ever overwritten."""

import hashlib
import os
from pathlib import Path

from lib.errors import Conflict, Invalid


def must_be_new(file: Path) -> None:
    """Raises Conflict("file_exists"), Invalid("folder_not_writable")."""
    if file.exists():
        raise Conflict("file_exists", file=file.name)
    folder = file.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise Invalid("folder_not_writable", folder=str(folder))


def write_new(file: Path, content: bytes) -> str:
    """Write a file that is not there yet; its SHA-256. Raises like `must_be_new`."""
    must_be_new(file)
    try:
        with file.open("xb") as out:
            out.write(content)
    except FileExistsError:
        raise Conflict("file_exists", file=file.name) from None
    return hashlib.sha256(content).hexdigest()
