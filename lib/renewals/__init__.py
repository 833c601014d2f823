"""Renewals: the opportunity behind every contract end, its stages and the forecast they make."""
