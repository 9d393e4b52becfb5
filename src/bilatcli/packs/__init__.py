"""The packs that editors write: parse, validate and load packs."""
