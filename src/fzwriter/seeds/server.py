"""An index on a running Chroma server (``FZWRITER_CHROMA_URL``).

The server owns its files, so there are no generations: changes are written in place. The manifest,
kept locally beside the words and vectors (``store``), is taken away before anything is written and
put back when all is: what a crash leaves has none, and the next run writes everything anew. Every
home has a collection of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from fzwriter.seeds import manifest as manifests
from fzwriter.seeds.manifest import DamagedError, Manifest
from fzwriter.seeds.store import SeedStore

_HASH_CHARS = 12


class ServerBackend:
    """One home's collection on a server.

    Args:
        folder: where the manifest is kept.
        url: of the server.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.label = url
        self._url = url
        self._collection = f"fzwriter-{_short(str(folder.resolve()))}"
        self._manifest = folder / f"server-{_short(url)}.json"
        self._beside = folder / f"server-{_short(url)}"

    def load(self) -> Manifest | None:
        """The manifest kept for this server.

        Raises:
            DamagedError: it can't be read.
        """
        return manifests.read(self._manifest)

    def check(self, manifest: Manifest) -> Manifest:
        """Make sure that the server has what the manifest says.

        Raises:
            DamagedError: it has not.
        """
        with contextlib.closing(
            SeedStore(self._url, collection=self._collection, create=True)
        ) as store:
            if store.count() != manifest.count:
                raise DamagedError("服务器上的条数与清单不符")
        return manifest

    @contextlib.contextmanager
    def writing(self, base: Manifest | None) -> Iterator[tuple[str, SeedStore]]:
        """The collection to write into, emptied first when there is no base."""
        with contextlib.closing(self._open(create=True)) as store:
            self._manifest.unlink(missing_ok=True)
            if base is None:
                store.clear()
            yield "", store
            store.seal()

    def publish(self, name: str, manifest: Manifest) -> Manifest:
        """Remember what is on the server."""
        self.folder.mkdir(parents=True, exist_ok=True)
        published = Manifest(manifest.embedding, manifest.rules, name, manifest.seeds)
        manifests.write(self._manifest, published)
        return published

    def reading(self, manifest: Manifest) -> SeedStore:
        """The collection."""
        del manifest  # there is one state only: the present one
        return self._open(create=False)

    def _open(self, *, create: bool) -> SeedStore:
        self._beside.mkdir(parents=True, exist_ok=True)
        return SeedStore(self._url, collection=self._collection, create=create, beside=self._beside)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_HASH_CHARS]
