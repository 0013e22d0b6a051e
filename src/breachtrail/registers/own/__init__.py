"""A register of one's own, as `breachtrail intake publish` writes it."""
