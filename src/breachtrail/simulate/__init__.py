"""A register's life made up from a seed, as exports in the portal's own dress, with its truth beside them."""

from breachtrail.simulate.exports import Made, write
from breachtrail.simulate.life import Life

__all__ = ["Life", "Made", "write"]
