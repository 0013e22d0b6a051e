"""Reads an article, asks the ledger what it says, and gives the verdict on each of its figures."""
