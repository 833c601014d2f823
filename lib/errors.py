"""What can go wrong, as codes with values; the words live in the message catalogues."""


class DeskError(Exception):
    """A refusal that a person can read: `code` is the key of its sentence, `values` fill it.

    The message id is ``error-<code>`` with underscores as hyphens.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    @property
    def message_id(self) -> str:
        return "error-" + self.code.replace("_", "-")


class NotAllowed(DeskError):  # noqa: N818 - reads as a sentence: raise NotAllowed("permission", …)
    """The role does not carry the permission."""


class NotFound(DeskError):  # noqa: N818
    """Does not exist, or is not yours: one answer for both, so that nothing can be probed."""

    def __init__(self, **values: object) -> None:
        super().__init__("not_found", **values)


class Conflict(DeskError):  # noqa: N818
    """The row has changed since it was shown, or its state no longer allows the act."""


class Invalid(DeskError):  # noqa: N818
    """A value is missing, malformed or out of range; `values` name the field and the limit."""
