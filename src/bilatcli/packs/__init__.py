"""What an editor writes: parse, validate and load packs."""
