"""One base error; each error carries the value that offended and says what to do next."""


class PinciteError(Exception):
    """Base of every error that Pincite raises on purpose."""


class UnreadableSourceError(PinciteError):
    """A source document could not be read.

    `status` is the ledger's word for it: failed, empty, too large, not text.
    """

    def __init__(self, path: str, reason: str, status: str = "failed") -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.status = status


class SourcePathError(PinciteError):
    """A path given to be indexed is not a file or folder that can be opened."""

    def __init__(self, path: str, reason: str = "no such file or folder") -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


class LibraryMissingError(PinciteError):
    """There is no library in the folder."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"no library in {folder}: make one with `pincite index FOLDER`")
        self.folder = folder


class LibraryDamagedError(PinciteError):
    """The library is there but damaged, or of another version."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"the library in {folder} cannot be used ({reason}): build it anew with `pincite index --rebuild FOLDER`"
        )
        self.folder = folder
        self.reason = reason


class LibraryExistsError(PinciteError):
    """There is a library in the folder already."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"there is a library in {folder} already")
        self.folder = folder


class NoEarlierGenerationError(PinciteError):
    """The library cannot be rolled back."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"the library in {folder} has no earlier generation to go back to")
        self.folder = folder


class LibraryAccessError(PinciteError):
    """The library's files could not be read or written: the disk is full or fails, or it may not be touched.

    Nothing has changed since the last commit.
    """

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"cannot read or write the library in {folder} ({reason}); it stays as of its last commit")
        self.folder = folder
        self.reason = reason


class LibraryLockedError(PinciteError):
    """Another process is writing to the library."""

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(f"the library in {folder} is locked by another writer ({holder}): wait for it, or stop it")
        self.folder = folder
        self.holder = holder


class BackupError(PinciteError):
    """A backup cannot be written or read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"cannot use the backup {file}: {reason}")
        self.file = file
        self.reason = reason


class QueryError(PinciteError):
    """A query or filter that cannot be answered; `start` and `end` are code points into `text`."""

    def __init__(self, text: str, reason: str, start: int, end: int, parameter: str = "q") -> None:
        super().__init__(reason)
        self.parameter = parameter
        self.text = text
        self.reason = reason
        self.start = start
        self.end = end


class UnknownIdError(PinciteError):
    """No document or passage has this id."""

    def __init__(self, kind: str, value: str) -> None:
        super().__init__(f"no {kind} with the id {value!r}")
        self.kind = kind
        self.value = value


class JudgmentError(PinciteError):
    """A judgment that cannot be kept."""

    def __init__(self, value: str, reason: str) -> None:
        super().__init__(f"the judgment {value[:80]!r} cannot be kept: {reason}")
        self.value = value
        self.reason = reason


class EvaluationFileError(PinciteError):
    """A line of a queries, qrels or run file cannot be used; `line` counts from 1, 0 for a file being written."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
