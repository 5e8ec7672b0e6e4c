import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.people.domain.people_csv import (
    MOST_BYTES,
    MOST_ROWS,
    Fault,
    Known,
    Person,
    TeamNames,
    Unreadable,
    guarded,
    plan,
    read,
    team_path,
    unguarded,
    write,
)

DANISH = (
    "Navn;E-mail;Stilling;Afdeling;Sted;Rolle\r\n"
    "Søren Ærø;Soren@Fjordkraft.example;Montør;Vind;Esbjerg;Deltager\r\n"
)
SOREN = Person("Søren Ærø", "soren@fjordkraft.example", "Montør", "Vind", "Esbjerg", "participant")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_list_is_read_in_every_encoding_a_spreadsheet_writes(encoding: str) -> None:
    sheet = read(DANISH.encode(encoding))
    assert [row.person for row in sheet.rows] == [SOREN]
    assert sheet.faults == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_list_is_read_with_every_separator(separator: str) -> None:
    sheet = read(DANISH.replace(";", separator).encode())
    assert (sheet.separator, [row.person for row in sheet.rows]) == (separator, [SOREN])


@pytest.mark.parametrize(
    "header",
    ["name,email,title,department,location,role", " NAME , E-Mail,Job  Title,DEPARTMENT,Location:,Role*",
     "navn,mail,titel,afdeling,lokation,rolle"],
)  # fmt: skip
def test_headers_are_known_in_both_languages_whatever_their_case(header: str) -> None:
    text = f"{header}\nSøren Ærø,soren@fjordkraft.example,Montør,Vind,Esbjerg,deltager\n"
    assert [row.person for row in read(text.encode()).rows] == [SOREN]


def test_first_and_last_name_make_a_name() -> None:
    text = "Fornavn;Efternavn;Mail\nSøren;Ærø;s@x.example\n;Holm;h@x.example\n"
    assert [row.person.name for row in read(text.encode()).rows] == ["Søren Ærø", "Holm"]


def test_faults_carry_the_line_of_the_file_also_after_quoted_newlines_and_blank_lines() -> None:
    text = (
        "navn;e-mail;rolle\n"  # 1
        '"Ida\nLund";ida@x.example;\n'  # 2-3
        "\n"  # 4
        "Per;per-at-x;\n"  # 5
        "Bo;;\n"  # 6
        "Ida igen;IDA@x.example;\n"  # 7
        "Kim;kim@x.example;konge\n"  # 8
        f"{'x' * 121};lang@x.example;\n"  # 9
        "Ok;ok@x.example;editor\n"  # 10
    )
    sheet = read(text.encode())
    assert [(row.line, row.person.name) for row in sheet.rows] == [(2, "Ida Lund"), (10, "Ok")]
    assert [(fault.line, fault.code, fault.detail) for fault in sheet.faults] == [
        (5, "bad_email", "per-at-x"),
        (6, "no_email", ""),
        (7, "twice", "2"),
        (8, "unknown_role", "konge"),
        (9, "too_long", "name"),
    ]


def test_quote_that_never_ends_is_a_fault_on_its_line() -> None:
    sheet = read(b'navn;e-mail\nIda;ida@x.example\n"Per;per@x.example\nBo;bo@x.example\n')
    assert [row.person.name for row in sheet.rows] == ["Ida"]
    assert [(fault.line, fault.code) for fault in sheet.faults] == [(3, "quotes")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"navn;afdeling\nIda;Vind\n", "no_email_column"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "not_text"),
        (b"navn;e-mail\nS\x81ren;s@x.example", "encoding"),
        (b"a" * (MOST_BYTES + 1), "too_large"),
        (b"e-mail\n" + b"".join(b"a%d@x.example\n" % n for n in range(MOST_ROWS + 1)), "too_many_rows"),
    ],
)
def test_file_that_is_no_list_of_people_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.code == code


def known(person: Person, **fields: object) -> dict[str, Known]:
    return {person.email: Known(1, person, **fields)}  # type: ignore[arg-type]


def test_plan_tells_new_from_changed_from_unchanged() -> None:
    text = "navn;e-mail;stilling\nSøren Ærø;soren@fjordkraft.example;Formand\nNy;ny@x.example;\n"
    result = plan(read(text.encode()), known(SOREN), TeamNames(), TeamNames())
    assert [row.person.name for row in result.new] == ["Ny"]
    assert [change.fields for change in result.changed] == [{"title": ("Montør", "Formand")}]
    again = plan(read(b"e-mail\nSOREN@fjordkraft.example\n"), known(SOREN), TeamNames(), TeamNames())
    assert (len(again.unchanged), again.new, again.changed) == (1, (), ())


def test_plan_refuses_who_has_left_and_who_has_no_name() -> None:
    text = b"e-mail\nsoren@fjordkraft.example\nny@x.example\n"
    result = plan(read(text), known(SOREN, has_left=True), TeamNames(), TeamNames())
    assert result.faults == (
        Fault(2, "left", "Søren Ærø", ("soren@fjordkraft.example",)),
        Fault(3, "no_name", "", ("ny@x.example",)),
    )


def test_plan_gives_a_role_but_never_takes_one() -> None:
    text = b"e-mail;rolle\nsoren@fjordkraft.example;programleder\n"
    result = plan(read(text), known(SOREN, roles=frozenset({"editor"})), TeamNames(), TeamNames())
    assert [change.fields for change in result.changed] == [{"role": ("", "lead")}]
    same = plan(read(text), known(SOREN, roles=frozenset({"lead", "editor"})), TeamNames(), TeamNames())
    assert len(same.unchanged) == 1


def test_team_is_found_by_its_last_name_where_that_is_clear() -> None:
    teams = TeamNames(["Drift > Nat", "Salg > Nat", "Drift > Dag"])
    assert teams.canonical("dag") == "Drift > Dag"
    assert teams.canonical("drift > NAT".title()) == "Drift > Nat"
    assert teams.canonical("Nat") == "Nat"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), max_size=20).map(
    lambda text: " ".join(text.split())
)
people = st.builds(
    Person,
    name=words.map(lambda text: "x" + text),
    email=st.from_regex(r"[a-z0-9.=+-]{1,12}@[a-z]{1,9}\.example", fullmatch=True),
    title=words,
    department=words.map(team_path),
    location=words.map(team_path),
    role=st.sampled_from(["", "lead", "editor", "administrator", "participant"]),
)


@given(st.lists(people, unique_by=lambda person: person.email, max_size=8))
def test_what_is_written_is_read_back(persons: list[Person]) -> None:
    rows = [
        (person.name, person.email, person.title, person.department, person.location, person.role)
        for person in persons
    ]
    sheet = read(write(("name", "email", "title", "department", "location", "role"), rows))
    assert [row.person for row in sheet.rows] == persons
    assert sheet.faults == ()


@given(st.text(max_size=30))
def test_no_cell_starts_a_formula_and_none_is_lost(value: str) -> None:
    cell = guarded(value)
    assert not cell or cell[0] not in "=+-@\t\r"
    assert unguarded(cell) == value


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sheet_or_a_reason(content: bytes) -> None:
    for start in (b"", b"navn;e-mail\n", b"\xff\xfe"):
        try:
            sheet = read(start + content)
        except Unreadable as refused:
            assert refused.code  # noqa: PT017
        else:
            lines = [row.line for row in sheet.rows] + [fault.line for fault in sheet.faults]
            assert len(set(lines)) == len(lines)
