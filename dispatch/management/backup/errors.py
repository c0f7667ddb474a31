"""Why a backup is not made, or not taken. Either way what is there stays as it is."""


class BackupError(Exception):
    """One sentence for whoever runs the command."""


class NotMade(BackupError):
    """Nothing was left behind."""


class NotTaken(BackupError):
    """The old data is in its place."""
