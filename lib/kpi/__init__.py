"""Key figures: recurring revenue, retention, the bridge between two days, what is at risk."""
