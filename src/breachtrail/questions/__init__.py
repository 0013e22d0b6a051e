"""What can be asked: every measure and dimension once, questions, and answers with their caveats and SQL."""
