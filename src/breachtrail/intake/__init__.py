"""A register of one's own: reports come in, an office reviews, notices go out."""
