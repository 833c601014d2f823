"""The ASGI app that `streamlit run app.py` serves: settings, the edge, and the script behind it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))  # other servers start this file from anywhere

import streamlit as st  # noqa: E402

from lib.edge import middleware  # noqa: E402
from lib.edge.opening import lifespan  # noqa: E402
from lib.edge.server import settle  # noqa: E402

secrets = settle()  # a wrong setting stops the start here, with its sentence

# The script lies beside no `pages/` folder, so that Streamlit never serves a page past the gate.
app = st.App(
    ROOT / "lib" / "desk.py",
    secrets=secrets,
    middleware=middleware(),
    lifespan=lifespan(open_browser=not st.get_option("server.headless")),
)
