"""Named questions about plans and results, each with a fixed number of statements."""
