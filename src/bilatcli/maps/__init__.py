"""What a map shows: shapes, labels and scene."""
