"""Policy: every threshold with its meaning and bounds, changed by version and never in place."""
