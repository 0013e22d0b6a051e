"""stub"""

from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from breachtrail.intake import tables


class Store:
    def __init__(self, url):
        self.engine = create_engine(url)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)

    @classmethod
    def open(cls, url):
        return cls(url)

    @contextmanager
    def begin(self):
        with self.sessions.begin() as s:
            yield s

    @classmethod
    def create(cls, url):

        s = cls(url)
        tables.Base.metadata.create_all(s.engine)
        return s
