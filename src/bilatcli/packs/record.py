"""The base of all records of packs."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """The base of all records: values do not change, unknown keys and other types are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
