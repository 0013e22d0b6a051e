"""What is kept: snapshots, notices, and every version of every notice, with the time during which it was known."""
