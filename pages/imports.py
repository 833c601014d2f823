"""Files in: choose one, see what it means and what would happen, import it on a word."""

import json
from typing import Any

import streamlit as st

from lib import format as fmt
from lib.errors import DeskError
from lib.flows import background
from lib.flows.import_file import run_import
from lib.imports import choices, commands, queries
from lib.imports.intake import DATE_FORMATS, NUMBER_FORMATS
from lib.imports.kinds import KINDS
from lib.imports.results import ImportResult, fate_frame, problem_frame
from lib.imports.source import MEGABYTE, PAGE_BYTES, PAGE_ROWS, Reading
from lib.imports.text_file import ENCODINGS
from lib.ui import frame, importing, widgets
from lib.ui.i18n import language, t

viewer = frame.open_page("imports")
state = st.session_state


def look_at(file: Any) -> tuple[queries.Look | None, dict[str, Any]]:
    """What is in the file; asks for the sheet or the encoding where only a person can know."""
    mark, seen, refusal = file.file_id, None, None
    told = {"encoding": state.get(f"encoding-{mark}"), "sheet": state.get(f"sheet-{mark}")}
    try:
        seen = queries.look(viewer, file.getvalue(), file.name, Reading(**told))
    except DeskError as error:
        refusal = error
    sheets = seen.sheets if seen else (refusal.values.get("names") or ())
    if len(sheets) > 1:
        importing.pick("imports-sheet", list(sheets), f"sheet-{mark}", "imports-sheet-choose")
    if told["encoding"] or (seen.encoding if seen else "encoding" in refusal.code):
        importing.pick("imports-encoding", ENCODINGS, f"encoding-{mark}", "imports-auto")
    if refusal:
        importing.refuse(refusal)
    return seen, {k: v for k, v in told.items() if v}


def mapping_of(seen: queries.Look, told: dict[str, Any], mark: str) -> tuple[str, str | None, dict[str, Any]]:
    """Kind, preset and mapping: proposed, and as the person chose."""
    kinds = [*seen.kinds, *(k for k in KINDS if k not in seen.kinds)]
    kind = st.selectbox(t("imports-kind"), kinds, key=f"kind-{mark}", width=190,
                        format_func=lambda k: t(f"imports-kind-{k.replace('_', '-')}"))  # fmt: skip
    names, best = queries.preset_names(viewer, kind, seen.header)
    key = f"preset-{mark}-{kind}"
    preset = importing.pick("imports-preset", names, key, "imports-preset-none", best)
    base = queries.mapping(viewer, kind, seen.header, preset)
    for name, formats in (("number_format", NUMBER_FORMATS), ("date_format", DATE_FORMATS)):
        chosen = importing.pick(f"imports-{name.replace('_', '-')}", formats, f"{name}-{key}-{preset}",
                                "imports-format-unset", base.get(name))  # fmt: skip
        base[name] = chosen
    return kind, preset, {**base, **told}


def judged(file: Any, kind: str, mapping: dict[str, Any]) -> ImportResult | None:
    """The preview, judged anew when file, mapping or store changed."""
    token = json.dumps([file.file_id, kind, mapping, state.get("imports-runs", 0)], sort_keys=True)
    if state.get("imports-token") != token:
        state.pop("imports-token", None)
        with st.spinner(t("imports-judging")):
            found = importing.tried(queries.preview, viewer, kind, file.getvalue(), file.name, mapping)
        if found is None:
            return None
        state["imports-token"], state["imports-preview"] = token, found
    return state["imports-preview"]


def take(file: Any, kind: str, mapping: dict[str, Any], preset: str | None) -> None:
    done = widgets.attempt("imports-done", run_import, viewer, kind, file.getvalue(), file.name, mapping,
                           preset=preset)  # fmt: skip
    if done is not None:
        state["imports-runs"] = state.get("imports-runs", 0) + 1
        background.nudge()


def keep(kind: str, mapping: dict[str, Any]) -> None:
    widgets.attempt("imports-saved", commands.save_preset, viewer, kind, state["preset-name"], mapping)


with frame.head(t("imports-title"), t("imports-caption")):
    pass
file = None
if viewer.may("import.run"):
    limits = {"megabytes": PAGE_BYTES // MEGABYTE, "rows": fmt.number(PAGE_ROWS, language())}
    file = st.file_uploader(t("imports-upload", **limits), key="imports-file")
    st.caption(t("imports-upload-limit"))
if file is not None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        seen, told = look_at(file)
        chosen = mapping_of(seen, told, file.file_id) if seen else None
    if chosen:
        kind, preset, base = chosen
        st.caption(importing.facts(seen.file_type, len(seen.header), seen.encoding, seen.sheet))
        with st.expander(t("imports-map-title"), expanded=preset is None):
            mark = f"{file.file_id}-{kind}-{preset}"
            codes = importing.boxes(choices.boxes(kind, base, seen.header), seen.sample, mark)
            mapping, unread = choices.applied(kind, base, seen.header, codes)
            importing.below_boxes(unread, keep, kind, mapping)
        if (found := judged(file, kind, mapping)) is not None:
            importing.tiles(found, t("imports-preview-caption", read=fmt.number(found.read, language())))
            st.button(t("imports-run", count=found.to_take), key="imports-run", type="primary", on_click=take,
                      args=(file, kind, mapping, preset), disabled=not found.to_take)  # fmt: skip
            importing.problems(problem_frame(found.problems, language()), "import-problems", found)
            importing.fates(fate_frame(found))

st.markdown(f"**{t('imports-past-title')}**")
runs = queries.runs(viewer)
if (picked := importing.past(runs)) is not None:
    run = runs.iloc[picked]
    faults = queries.problems(viewer, int(run.id))
    importing.problems(problem_frame(faults, language()), f"import-problems-{run.id}", run)
