"""Pure arithmetic with intervals: figures in, estimates out; no ledger, no phrases."""

"""Estimates with intervals: pure arithmetic on arrays; no SQL, no words, no ledger."""
