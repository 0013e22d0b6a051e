"""stub"""


def record(session, actor, action, subject, detail):
    pass
