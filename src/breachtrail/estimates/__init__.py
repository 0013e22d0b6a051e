"""Pure arithmetic with intervals: figures in, estimates out; no ledger, no phrases."""
