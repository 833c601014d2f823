"""Import rows per second beside what the bare store takes of the same rows by executemany."""


def imports(_store_url: str) -> None:
    print("\nImport: not measured yet")
