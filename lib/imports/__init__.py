"""Files in: read hardened, mapped, typed, judged row by row, stored as a whole or reported."""
