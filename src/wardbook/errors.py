"""Every refusal of wardbook: what is wrong, and what the person should do about it."""


class WardbookError(Exception):
    """A refusal that prints as one line: the reason, then the mend."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason, mend)
        self.reason = reason
        """What is wrong, naming the file, value or setting; no full stop."""
        self.mend = mend
        """What to do about it, as a short instruction; no full stop."""

    def __str__(self) -> str:
        """Give the line that a person reads."""
        return f"{self.reason}: {self.mend}"


class CorpusError(WardbookError):
    """The corpus folder or a page cannot be used."""


class IndexFault(WardbookError):
    """The index is missing, damaged, of another format, or being built by somebody else."""


class ModelError(WardbookError):
    """The embedding model is missing, or is not the one that was pinned."""


class QuestionError(WardbookError):
    """A question, option or amount cannot be used."""


class SettingsError(WardbookError):
    """A setting is unknown or out of range."""
