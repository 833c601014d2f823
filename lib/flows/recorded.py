"""Files that leave the desk through a page, each on record before it is handed over."""

import hashlib
import json
import secrets

from lib.access import Viewer
from lib.audit import commands, contact_data, erasure, phrases
from lib.errors import NotFound
from lib.quotes import mailing, proving, queries, versions
from lib.quotes import workbook as workbooks
from lib.sheet import xlsx_bytes


def paper(viewer: Viewer, quote_id: int, revision: int | None = None) -> bytes:
    """A quote's PDF, and its download on record. Raises NotFound."""
    content = queries.paper(viewer, quote_id, revision)
    commands.record_paper(viewer, quote_id, revision, hashlib.sha256(content).hexdigest())
    return content


def workbook(viewer: Viewer, quote_id: int) -> bytes:
    """A quote's newest revision as XLSX, and its download on record. Raises NotFound."""
    content = workbooks.workbook(versions.snapshot_of(viewer, quote_id))
    commands.record_paper(viewer, quote_id, None, hashlib.sha256(content).hexdigest())
    return content


def letter(viewer: Viewer, quote_id: int) -> bytes:
    """A quote's e-mail as a file for any mail program, and its download on record. Raises NotFound."""
    ready = mailing.letter(viewer, quote_id)
    if ready is None:
        raise NotFound()
    content = ready.file(viewer.now, secrets.token_hex(16))
    commands.record_paper(viewer, quote_id, None, hashlib.sha256(content).hexdigest())
    return content


def proof(viewer: Viewer, quote_id: int, evidence_id: int) -> bytes:
    """What proves an acceptance, and its download on record. Raises NotFound."""
    content = proving.proof(viewer, quote_id, evidence_id)
    commands.record_paper(viewer, quote_id, None, hashlib.sha256(content).hexdigest())
    return content


def contact_json(viewer: Viewer, contact_id: int) -> bytes:
    """All that the desk holds of a contact, by part, for programs; on record. Raises NotFound."""
    data = erasure.export_contact(viewer, contact_id)
    parts = {part: contact_data.plain_rows(getattr(data, part)) for part in data.PARTS}
    return json.dumps({"account": data.account, **parts}, ensure_ascii=False, indent=1).encode()


def contact_sheet(viewer: Viewer, contact_id: int) -> bytes:
    """The same for people to read, as a workbook; on record. Raises NotFound."""
    data = erasure.export_contact(viewer, contact_id)
    return xlsx_bytes(phrases.part_frame(data, viewer.language, viewer.clock_zone))


CONTACT_FILES = (contact_json, contact_sheet)
