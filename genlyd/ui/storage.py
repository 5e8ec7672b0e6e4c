from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files under hashed names; a file that is missing is an error while collecting, not while serving."""

    manifest_strict = False
