"""Contracts: what subscription periods add up to, and how a person corrects them."""
