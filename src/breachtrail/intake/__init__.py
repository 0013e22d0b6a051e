"""A register of one's own: reports come in, an office reviews them, notices go out. Nothing of the observatory imports it."""
