"""The smallest useful Streamlit page, 50 accounts in a table: what the desk is measured beside."""

import os
import sqlite3

import pandas as pd
import streamlit as st

with sqlite3.connect(os.environ["VIP_DESK_DATABASE_URL"].removeprefix("sqlite:///")) as store:
    frame = pd.read_sql_query(
        "SELECT name, status, tier, plan, region, country, city, seats FROM account ORDER BY name LIMIT 50",
        store,
    )
st.title("Accounts")
st.dataframe(frame, hide_index=True)
