"""Somebody who knocks at an ASGI application without a server between: one request, one answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import httpx
from starlette.types import ASGIApp


@dataclass(frozen=True)
class Visitor:
    """Visits one application."""

    app: ASGIApp

    def get(self, url: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self._asked("GET", url, headers, None)

    def post(self, url: str, content: bytes | Sequence[bytes], headers: dict[str, str] | None = None) -> httpx.Response:
        """A sequence is sent in parts, and its length is not told."""
        return self._asked("POST", url, headers, content if isinstance(content, bytes) else _parts(content))

    def _asked(
        self, method: str, url: str, headers: dict[str, str] | None, content: bytes | AsyncIterator[bytes] | None
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://example.test") as client:
                return await client.request(method, url, headers=headers, content=content)

        return asyncio.run(ask())


async def _parts(parts: Sequence[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
