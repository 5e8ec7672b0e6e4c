from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from genlyd.ui import stylesheets

OURS = {"BACKEND": "genlyd.ui.storage.HashedStaticFiles"}


@pytest.fixture
def collected(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": OURS}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_collected_files_are_joined_hashed_and_find_each_other(collected):
    (joined,) = collected.glob("ui/css/all.*.css")
    text = joined.read_text()
    assert text.index("@layer reset, tokens") < text.index("@layer components")
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert (joined.parent / name).is_file()
    (main,) = collected.glob("ui/js/main.*.js")
    imported = re.findall(r'import"\./([^"]+)"', main.read_text())
    assert len(imported) == len(list((stylesheets.FOLDER.parent / "js").glob("*.js"))) - 1
    for name in imported:
        assert re.search(r"\.[0-9a-f]{12}\.js$", name)
        assert (main.parent / name).is_file()


def test_every_sheet_is_in_a_layer():
    for path in stylesheets.FOLDER.glob("*.css"):
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for block in re.findall(r"^([^\s}][^{;]*)\{", outside, flags=re.MULTILINE):
            assert block.startswith(("@layer", "@font-face")), f"{path.name}: {block}"
