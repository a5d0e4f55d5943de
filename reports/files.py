"""Where the files of reports lie: a storage of their own, outside MEDIA_ROOT, named "reports" in STORAGES.

A file is named by the sum of its bytes, so that it is never written over by another, and writing it again after a crash
changes nothing. It is whole or not there: written aside, forced to the disk, then renamed. Knows no editions.
"""

import hashlib
import os
import re
import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InvalidStorageError, Storage, storages

STORAGE = "reports"
TRIALS = "trials"
TRIALS_KEPT = timedelta(days=7)
LEFT_BEHIND = timedelta(days=1)
"""A file is written in seconds: one that nobody has written to for so long belongs to a process that was killed."""
_ASIDE = re.compile(r"\.[0-9a-f]{64}\.[a-z]+\.[0-9a-f]{32}")


def storage() -> Storage:
    try:
        return storages[STORAGE]
    except InvalidStorageError as error:
        raise ImproperlyConfigured(
            "Reports need a storage of their own outside MEDIA_ROOT: name it “reports” in STORAGES."
        ) from error


def sum_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes, ending: str, folder: str = "") -> str:
    """Put the bytes into the storage; the path by which they are found."""
    total = sum_of(content)
    path = f"{folder or total[:2]}/{total}.{ending}"
    place = storage()
    if isinstance(place, FileSystemStorage):
        _write_whole(Path(place.path(path)), content)
    elif not place.exists(path):
        place.save(path, ContentFile(content))
    return path


def read(path: str) -> bytes:
    """The bytes at a path. Raises OSError where there are none."""
    with storage().open(path, "rb") as file:
        content: bytes = file.read()
    return content


def drop_old_trials(now: datetime) -> int:
    """Trials are sent and forgotten: nothing refers to them."""
    place = storage()
    try:
        names = place.listdir(TRIALS)[1]
    except FileNotFoundError:
        return 0
    old = [f"{TRIALS}/{name}" for name in names if place.get_modified_time(f"{TRIALS}/{name}") < now - TRIALS_KEPT]
    for path in old:
        place.delete(path)
    return len(old)


def drop_left_behind(now: datetime) -> int:
    """Remove what processes that were killed in the middle of writing have left: nothing refers to it. Whoever still
    writes, or is slow, has touched its file since. How many."""
    place = storage()
    if not isinstance(place, FileSystemStorage):
        return 0
    root, before, dropped = Path(place.location), (now - LEFT_BEHIND).timestamp(), 0
    for folder in (each for each in _inside(root) if each.is_dir(follow_symlinks=False)):
        for file in _inside(Path(folder.path)):
            # Another round may be at the same: what is gone is gone.
            with suppress(FileNotFoundError):
                if _ASIDE.fullmatch(file.name) and file.stat(follow_symlinks=False).st_mtime < before:
                    os.unlink(file.path)
                    dropped += 1
    return dropped


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []


def _write_whole(path: Path, content: bytes) -> None:
    if path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content:
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
