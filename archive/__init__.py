"""Issues as values, read from Markdown, kept in SQLite."""
