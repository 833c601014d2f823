"""Everything of one kind as a table that can be imported again."""
