"""Fields that are sealed in the database and plain in Python. They cannot be searched by: see `sealing`."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import BaseExpression

from accounts.sealing import open_bytes, open_text, seal_bytes, seal_text

if TYPE_CHECKING:
    Text = models.TextField[str, str]
    Binary = models.BinaryField[bytes, bytes]
else:
    Text, Binary = models.TextField, models.BinaryField


class SealedTextField(Text):
    """Words nobody reads who has but the database."""

    @property
    def sealed_for(self) -> str:
        """Name the column a value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        prepared = super().get_prep_value(value)
        if prepared is None or isinstance(prepared, BaseExpression):
            return prepared
        return seal_text(prepared, self.sealed_for)

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Open on the way out."""
        return None if value is None else open_text(value, self.sealed_for)


class SealedBinaryField(Binary):
    """A picture nobody sees who has but the database."""

    @property
    def sealed_for(self) -> str:
        """Name the column a value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal on the way in."""
        sealed = value if value is None else seal_bytes(bytes(value), self.sealed_for)
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, *_: object) -> bytes | None:
        """Open on the way out."""
        return None if value is None else open_bytes(bytes(value), self.sealed_for)
