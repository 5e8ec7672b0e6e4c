import time
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.base.models import AuditEntry
from genlyd.people.actions.imports import confirm, forget_old_imports, upload, write
from genlyd.people.actions.members import mark_as_left
from genlyd.people.models import Member, PeopleImport, Team
from genlyd.people.queries import team_paths
from tests.world import World, build_world

AsMember = Callable[..., Client]
#: Lines 3, 5 and 7 are wrong.
LIST = (
    "Navn;E-mail;Stilling;Afdeling;Sted;Rolle\n"
    "Ida Lund;ida@fjordkraft.example;Montør;Vind > Offshore;Esbjerg;\n"
    "Per;per-at-fjordkraft;;;;\n"
    "Bo Æbelø;bo@fjordkraft.example;;Salg;;redaktør\n"
    "Kim;kim@fjordkraft.example;;;;konge\n"
    "Pia Ny;PIA@fjordkraft.example;Formand;;;\n"
    "Ida igen;Ida@Fjordkraft.example;;;;\n"
)


def post(client: Client, content: bytes, name: str = "folk.csv") -> object:
    return client.post("/people/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_list_is_previewed_then_imported_without_its_faulty_rows(
    world: World, as_member: AsMember, encoding: str
) -> None:
    alma, before = as_member(world.alma), Member.objects.count()
    page = post(alma, LIST.encode(encoding)).content.decode()
    for words in ('class="number">3<', 'class="number">5<', 'class="number">7<', "per-at-fjordkraft", "konge",
                  "The same e-mail is in line 2.", "Import 3 rows", "Formand"):  # fmt: skip
        assert words in page
    assert Member.objects.count() == before
    assert not Team.objects.filter(name="Salg").exists()
    imported = PeopleImport.objects.get()
    done = alma.post(f"/people/import/{imported.pk}/confirm/", follow=True).content.decode()
    assert "have not been invited yet" in done
    imported.refresh_from_db()
    assert imported.outcome == {"created": 2, "changed": 1, "unchanged": 0, "failed": 3}
    ida = Member.objects.get(email="ida@fjordkraft.example")
    assert (ida.name, ida.title, ida.location, ida.role_kinds) == (
        "Ida Lund",
        "Montør",
        world.esbjerg,
        {"participant"},
    )
    assert team_paths(world.fjordkraft.pk, "department")[ida.department_id] == "Vind > Offshore"
    assert Member.objects.get(email="bo@fjordkraft.example").role_kinds == {"editor"}
    world.pia.refresh_from_db()
    assert (world.pia.name, world.pia.title, world.pia.department) == ("Pia Ny", "Formand", world.wind)
    assert AuditEntry.objects.get(verb="people.imported").detail["created"] == 2


def test_importing_again_changes_nothing(world: World) -> None:
    for outcome in (
        {"created": 2, "changed": 1, "unchanged": 0, "failed": 3},
        {"created": 0, "changed": 0, "unchanged": 3, "failed": 3},
    ):
        imported = upload(
            organisation=world.fjordkraft, file_name="a.csv", content=LIST.encode(), by=world.alma
        )
        confirm(imported=imported, by=world.alma)
        imported.refresh_from_db()
        assert imported.outcome == outcome


def test_import_is_confirmed_once(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    post(alma, LIST.encode())
    pk = PeopleImport.objects.get().pk
    alma.post(f"/people/import/{pk}/confirm/")
    again = alma.post(f"/people/import/{pk}/confirm/", follow=True)
    assert "imported already" in again.content.decode()


def test_faulty_rows_come_back_as_a_list_to_mend(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    post(alma, LIST.encode())
    pk = PeopleImport.objects.get().pk
    answer = alma.get(f"/people/import/{pk}/faults.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Navn;E-mail;Stilling;Afdeling;Sted;Rolle;Line;What is wrong"
    assert lines[1] == "Per;per-at-fjordkraft;;;;;3;“per-at-fjordkraft” is not an e-mail address."
    mended = answer.content.replace(b"per-at-fjordkraft;", b"per@fjordkraft.example;", 1)
    assert "Import 2 rows" in post(alma, mended).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not a CSV file."),
        (b"", "empty"),
        (b"navn;afdeling\nIda;Vind\n", "There is no e-mail column. Found: navn, afdeling."),
        (b"e-mail\n" + b"x" * (5 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_file_that_is_no_list_gets_a_clear_answer(
    world: World, as_member: AsMember, content: bytes, words: str
) -> None:
    assert words in post(as_member(world.alma), content).content.decode()
    assert not PeopleImport.objects.exists()


def test_who_has_left_is_not_brought_back_by_a_list(world: World, as_member: AsMember) -> None:
    mark_as_left(member=world.pia, by=world.alma)
    page = post(as_member(world.alma), b"e-mail\npia@fjordkraft.example\n").content.decode()
    assert "has left. Bring them back on their page first." in page


def test_same_address_in_another_organisation_is_somebody_else(world: World) -> None:
    content = b"navn;e-mail\nPia hos Havblik;pia@fjordkraft.example\n"
    imported = upload(organisation=world.havblik, file_name="a.csv", content=content, by=world.oda)
    confirm(imported=imported, by=world.oda)
    world.pia.refresh_from_db()
    assert world.pia.name == "Pia Fjordkraft"
    assert (
        Member.objects.get(organisation=world.havblik, email="pia@fjordkraft.example").name
        == "Pia hos Havblik"
    )


def test_export_can_be_imported_again_and_runs_no_formula(world: World, as_member: AsMember) -> None:
    Member.objects.filter(pk=world.pia.pk).update(title="=1+1")
    alma = as_member(world.alma)
    exported = alma.get("/people/export.csv").content
    assert "'=1+1" in exported.decode("utf-8-sig")
    page = post(alma, exported).content.decode()
    assert "Everybody in the list is here already, just as it says." in page


def test_template_is_a_list_that_can_be_imported(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    assert "Import 2 rows" in post(alma, alma.get("/people/import/template.csv").content).content.decode()


def test_file_can_be_thrown_away_and_is_not_kept_for_long(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    post(alma, LIST.encode())
    alma.post(f"/people/import/{PeopleImport.objects.get().pk}/discard/")
    assert not PeopleImport.objects.exists()
    post(alma, LIST.encode())
    PeopleImport.objects.update(uploaded_at="2026-01-01T00:00Z")
    assert forget_old_imports() == 1


def test_twenty_thousand_rows_go_to_the_worker_and_are_written(world: World, as_member: AsMember) -> None:
    rows = "".join(
        f"Person {n};p{n}@fjordkraft.example;;Afdeling {n % 40};Sted {n % 7};\n" for n in range(20_000)
    )
    alma = as_member(world.alma)
    post(alma, ("navn;e-mail;stilling;afdeling;sted;rolle\n" + rows).encode())
    imported = PeopleImport.objects.get()
    waiting = alma.post(f"/people/import/{imported.pk}/confirm/", follow=True)
    assert "Importing" in waiting.content.decode()
    [job] = ProcrastinateJob.objects.filter(queue_name="people")
    assert job.args == {"import_id": imported.pk, "by_id": world.alma.pk}
    started = time.monotonic()
    write(**job.args)
    assert time.monotonic() - started < 60
    write(**job.args)  # the queue delivers at least once
    imported.refresh_from_db()
    assert imported.outcome == {"created": 20_000, "changed": 0, "unchanged": 0, "failed": 0}
    assert Member.objects.filter(organisation=world.fjordkraft, department__name="Afdeling 3").count() == 500


@pytest.mark.django_db(transaction=True)
def test_import_whose_writing_dies_can_be_confirmed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world = build_world()
    imported = upload(
        organisation=world.fjordkraft, file_name="folk.csv", content=LIST.encode(), by=world.alma
    )
    with monkeypatch.context() as patched:
        patched.setattr("genlyd.people.actions.imports.write", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            confirm(imported=imported, by=world.alma)
    assert confirm(imported=imported, by=world.alma)
    assert PeopleImport.objects.get().finished_at
