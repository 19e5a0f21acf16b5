"""Chores: rows of work whose runs leave a mark."""

from typing import ClassVar

from django.db import models

from foundation.api import Leased


class Chore(Leased):
    name = models.CharField(max_length=50)
    runs = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="chore_due")]

    def __str__(self) -> str:
        return self.name
