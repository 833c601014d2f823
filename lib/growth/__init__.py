"""Growth: what an account should buy more of, less of, or differently, with the numbers that say so."""
