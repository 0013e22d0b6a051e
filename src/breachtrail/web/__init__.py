"""The observatory on the web: pages, API, feeds and downloads over one ledger. They only show; figures come from ``ask``."""
