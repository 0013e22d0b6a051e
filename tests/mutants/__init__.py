"""Mutants: small files in every dress of an export, spoilt by a seeded hand, and what must hold of each.

``seeds`` makes the files, ``tables``, ``bytes_``, ``books`` and ``pages`` spoil them, ``made`` picks and joins these,
``oracle`` reads the result in every way there is and says what is wrong with it, ``run`` does so many thousand times.
"""
