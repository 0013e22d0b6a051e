"""Estimates with intervals: pure arithmetic on arrays; no SQL, no words, no ledger."""
