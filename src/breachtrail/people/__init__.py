"""The people on notification lists, counted without a name leaving the house: keyed sketches, and what they come to together.

The matching rules, the error and the threat model stand in ``docs/people.md``.
"""
