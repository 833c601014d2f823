"""The smallest Streamlit page with a field and a figure made from it: what the builder is measured beside."""

import streamlit as st

typed = st.number_input("Quote discount, %", 0.0, 100.0, 1.0)
st.metric("Net", f"{1000 - typed}")
