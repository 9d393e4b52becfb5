"""What a map shows: shapes, the frame of the picture, labels, and the scene of a question."""
