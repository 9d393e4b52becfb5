"""Check sentences against recorded facts: read a sentence, find the facts, give a verdict."""
