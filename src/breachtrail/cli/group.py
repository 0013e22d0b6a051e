"""The group of the commands: a file of commands is imported when one of them is called, not before."""

from importlib import import_module

import click

#: The commands that have a file of their own, and its name. A question at a terminal waits for none of them.
FILES = {
    "ask": "ask",
    "backup": "backup",
    "check": "check",
    "forecast": "forecast",
    "growth": "forecast",
    "intake": "remind",
    "peers": "peers",
    "people": "people",
    "publish": "publish",
    "restore": "backup",
    "serve": "serve",
    "simulate": "simulate",
    "simulate-portal": "simulate",
    "sizes": "peers",
    "sketch": "people",
    "status": "sync",
    "sync": "sync",
}


class Group(click.Group):
    """Commands, of which those named in ``FILES`` are there as soon as somebody asks for one."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or none."""
        if cmd_name in FILES and cmd_name not in self.commands:
            import_module(f"breachtrail.cli.{FILES[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in the order of the alphabet."""
        return sorted({*self.commands, *FILES})
