"""Static files under hashed names, for ever cacheable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from genlyd.ui import stylesheets


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Joins all style sheets into one file, and rewrites imports between our JavaScript modules to hashed names."""

    manifest_strict = False

    def __init__(self, *args: Any, **options: Any) -> None:
        # Django's own switch would read every script, and takes words in minified libraries for imports.
        labels = [config.label for config in apps.get_app_configs() if config.name.startswith("genlyd.")]
        _, imports = self._js_module_import_aggregation_patterns
        ours = ["ui/js/*.js", *(f"{label}/*.js" for label in labels if label != "ui")]
        self.patterns = (*HashedFilesMixin.patterns, *((pattern, imports) for pattern in ours))
        super().__init__(*args, **options)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        if not dry_run:
            self.join(paths)
        yield from super().post_process(paths, dry_run, **options)

    def join(self, paths: dict[str, Any]) -> None:
        """url() in a joined file counts from ui/css/; an area's sheet therefore names no files of its own."""
        parts = []
        for name in stylesheets.sources():
            storage, path = paths[name]
            with storage.open(path) as opened:
                text = opened.read().decode()
            if "url(" in text and not name.startswith("ui/"):
                raise ValueError(f"{name} uses url(): pictures belong into the page, icons into ui.")
            parts.append(f"/* {name} */\n{text}")
        if self.exists(stylesheets.JOINED):
            self.delete(stylesheets.JOINED)
        self.save(stylesheets.JOINED, ContentFile("\n".join(parts).encode()))
        paths[stylesheets.JOINED] = (self, stylesheets.JOINED)
