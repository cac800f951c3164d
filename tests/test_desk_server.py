"""Who may come in at the desk, and what its addresses answer, asked over HTTP."""

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from desk_fixtures import NAME, PASSWORD, Served, listening, served_desk, staff_setting
from fastapi import FastAPI

from assistant.pipeline import Assistant
from desk.attempts import MAX_FAILURES, WINDOW_SECONDS, Attempts
from desk.flags import Flags
from desk.server import create_desk, mount_desk
from desk.session import Sessions
from desk.staff import Staff, password_hash
from ingest.errors import UsageError
from ingest.settings import PROJECT

pytest_plugins = ["assistant_fixtures"]


@pytest.fixture(scope="module")
def desk(small: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_desk(small, tmp_path_factory.mktemp("desk") / "flags.sqlite") as desk:
        yield desk


@pytest.fixture
def stranger(desk: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk.address, headers={"origin": desk.address}) as client:
        yield client


@pytest.fixture
def staff(desk: Served, stranger: httpx.Client) -> httpx.Client:
    """Somebody who has signed in."""
    stranger.cookies.set("desk", Sessions(Staff(staff_setting()).signing_key).cookie_of(NAME))
    return stranger


@pytest.mark.parametrize(
    "path", ["/desk", "/desk?q=rides", "/desk/card?q=x", "/desk/flag", "/desk/flags", "/desk/results?q=x"]
)
def test_the_desk_is_closed_to_strangers(stranger: httpx.Client, path: str) -> None:
    page = stranger.get(path, headers={"accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["location"] == f"/desk/sign-in?target={quote(path, safe='')}"
    assert stranger.get(path, headers={"accept": "application/json"}).status_code == 401


@pytest.mark.parametrize("path", ["/desk/flag", "/desk/flags/1/settled"])
def test_strangers_can_not_flag(stranger: httpx.Client, path: str, desk: Served) -> None:
    sent = stranger.post(path, data={"fault": "wrong", "question": "q"})
    assert sent.status_code == 401
    assert Flags(desk.flags).all() == ()


@pytest.mark.parametrize("path", ["/documents", "/documents/moon-sheet", "/desk/assets/desk.css", "/desk/sign-in"])
def test_documents_are_open_to_everybody(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 200


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get(stranger: httpx.Client) -> None:
    form = {"name": NAME, "password": PASSWORD, "target": "/desk?q=rides"}
    answer = stranger.post("/desk/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk?q=rides")
    cookies = answer.headers.get_list("set-cookie")
    for cookie, path in zip(cookies, ("/desk", "/documents"), strict=True):
        assert re.fullmatch(rf"desk=[\w.-]+; HttpOnly; Max-Age=43200; Path={path}; SameSite=strict", cookie)
    assert stranger.get("/desk?q=rides").status_code == 200


def test_who_has_signed_in_keeps_the_desks_bar_at_the_documents(stranger: httpx.Client) -> None:
    paths = ("/documents", "/documents/moon-sheet")
    assert ["Staff desk</a>" in stranger.get(path).text for path in paths] == [True, True]
    stranger.post("/desk/sign-in", data={"name": NAME, "password": PASSWORD})
    for path in paths:
        page = stranger.get(path).text
        assert [words in page for words in (">Search</a>", ">Flags</a>", "Sign out", NAME)] == [True] * 4
    stranger.post("/desk/sign-out")
    assert ["Sign out" in stranger.get(path).text for path in paths] == [False, False]


def test_over_https_the_cookie_is_sent_over_https_only(small: Assistant, tmp_path: Path) -> None:
    app = create_desk(small, Staff(staff_setting()), tmp_path / "flags.sqlite")
    with listening(app) as address, httpx.Client(base_url=address) as client:
        host = address.removeprefix("http://")
        headers = {"origin": f"https://{host}", "x-forwarded-proto": "https"}
        answer = client.post("/desk/sign-in", data={"name": NAME, "password": PASSWORD}, headers=headers)
        assert answer.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    "target",
    ["https://example.org", "//example.org", "/deskx", "/desk\\..", "/desk/\r\nx: y", "javascript:1", "/documents"],
)
def test_signing_in_leads_to_the_desk_only(stranger: httpx.Client, target: str) -> None:
    form = {"name": NAME, "password": PASSWORD, "target": target}
    assert stranger.post("/desk/sign-in", data=form).headers["location"] == "/desk"


@pytest.mark.parametrize("headers", [{"origin": "https://example.org"}, {"origin": "null"}, {"origin": ""}])
def test_a_form_of_another_site_is_refused(staff: httpx.Client, desk: Served, headers: dict[str, str]) -> None:
    for path in ("/desk/flag", "/desk/sign-in", "/desk/sign-out", "/desk/flags/1/settled"):
        assert staff.post(path, data={"fault": "wrong", "question": "q"}, headers=headers).status_code == 403
    assert Flags(desk.flags).all() == ()


def test_a_form_that_is_too_long_is_refused(staff: httpx.Client) -> None:
    assert staff.post("/desk/flag", content=b"x" * 400_001).status_code == 413


def test_a_link_from_another_site_is_asked_again_from_here(stranger: httpx.Client) -> None:
    page = stranger.get("/desk?q=rides", headers={"sec-fetch-site": "cross-site"})
    assert (page.status_code, 'id="again"' in page.text) == (200, True)


@pytest.mark.parametrize("cookie", ["", "x", '"ana"', "ImFuYSI.x.y"])
def test_a_cookie_that_was_not_signed_here_is_nobodys(stranger: httpx.Client, cookie: str) -> None:
    stranger.cookies.set("desk", cookie)
    assert stranger.get("/desk").status_code == 401


def test_a_cookie_of_before_a_password_changed_is_nobodys(stranger: httpx.Client) -> None:
    other = Staff(f"{NAME}:{password_hash(PASSWORD)}")
    stranger.cookies.set("desk", Sessions(other.signing_key).cookie_of(NAME))
    assert stranger.get("/desk").status_code == 401


def test_guessing_has_to_wait(small: Assistant, tmp_path: Path) -> None:
    with served_desk(small, tmp_path / "flags.sqlite") as desk:
        tries = [
            httpx.post(
                f"{desk.address}/desk/sign-in",
                data={"name": NAME, "password": "guess"},
                headers={"origin": desk.address},
            )
            for _ in range(MAX_FAILURES + 1)
        ]
        assert [each.status_code for each in tries] == [403] * MAX_FAILURES + [429]
        assert "Try again in 15 minutes." in tries[-1].text or "Try again in 16 minutes." in tries[-1].text


def test_failures_are_forgotten_after_a_while_and_after_signing_in() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(MAX_FAILURES):
        attempts.failed("ana")
    assert (attempts.wait_seconds("ana"), attempts.wait_seconds("bo")) == (WINDOW_SECONDS + 1, 0)
    now[0] = WINDOW_SECONDS
    assert attempts.wait_seconds("ana") == 0
    for _ in range(MAX_FAILURES):
        attempts.failed("bo")
    attempts.succeeded("bo")
    assert attempts.wait_seconds("bo") == 0


def test_without_staff_the_desk_says_how_to_set_it_and_stays_closed(small: Assistant, tmp_path: Path) -> None:
    with listening(create_desk(small, Staff(""), tmp_path / "flags.sqlite")) as address:
        pages = [httpx.get(address + path) for path in ("/desk", "/desk/flags", "/desk/sign-in", "/desk/results")]
        assert [page.status_code for page in pages] == [503] * 4
        assert all("python -m desk password" in page.text for page in pages)
        forged = httpx.get(f"{address}/desk", cookies={"desk": Sessions(Staff("").signing_key).cookie_of("ana")})
        assert forged.status_code == 503
        assert httpx.get(f"{address}/documents").status_code == 200


@pytest.mark.parametrize("setting", ["ana", "ana:", "ana:secret", ":x", "ana:scrypt.00.11", "a b:x"])
def test_a_setting_that_can_not_be_read_is_named_without_its_secret(setting: str) -> None:
    with pytest.raises(UsageError, match="DUALS_NAVIGATOR_STAFF") as fault:
        Staff(setting)
    assert "secret" not in str(fault.value)


def test_several_people_have_a_password_each() -> None:
    staff = Staff(f"ana:{password_hash('first password')}, bo:{password_hash('second password')}")
    asked = [("ana", "first password"), ("bo", "first password"), ("bo", "second password"), ("cy", "first password")]
    assert [staff.is_right(*each) for each in asked] == [True, False, True, False]


def password_command(typed: str, *name: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk", "password", *name]
    return subprocess.run(command, input=typed, capture_output=True, text=True, cwd=PROJECT, check=False)


def test_a_command_makes_the_setting() -> None:
    made = password_command("second password\n", "bo")
    assert made.returncode == 0
    assert Staff(made.stdout.strip()).is_right("bo", "second password")
    short = password_command("short\n")
    assert (short.returncode, short.stderr) == (1, "error: a password has 10 to 200 characters\n")


def test_nothing_may_be_asked_of_another_host(staff: httpx.Client) -> None:
    for path in ("/desk", "/desk?q=rides", "/desk/card?q=rides", "/desk/flags", "/documents", "/desk/results?q=x"):
        page = staff.get(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert (page.headers["cache-control"], page.headers["x-content-type-options"]) == ("no-store", "nosniff")
        assert "<script>" not in page.text
        assert " style=" not in page.text


def test_hostile_words_are_shown_and_not_obeyed(staff: httpx.Client) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x>"
    for path in ("/desk", "/desk/card", "/desk/flag", "/documents"):
        page = staff.get(path, params={"q": hostile, "answer": hostile, "source": hostile, "county": hostile})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


def test_a_shared_address_holds_no_number_that_names_a_person(staff: httpx.Client) -> None:
    found = staff.get("/desk/results", params={"q": "rides 123-45-6789", "deep": "1"}).json()
    assert found["address"] == "/desk?q=rides+%5Bnumber+removed%5D"
    assert "Social Security number" in found["count"]
    for path in ("/desk", "/desk/card", "/desk/flag"):
        assert "123-45-6789" not in staff.get(path, params={"q": "rides 123-45-6789"}).text


def test_a_flag_is_kept_with_the_name_of_who_signed_in(staff: httpx.Client, small: Assistant, tmp_path: Path) -> None:
    with served_desk(small, tmp_path / "flags.sqlite") as own:
        form = {"fault": "missing", "question": "rides?", "source_id": "none", "by": "somebody else"}
        staff.headers["origin"] = own.address
        kept = staff.post(f"{own.address}/desk/flag", data=form)
        assert (kept.status_code, kept.headers["location"]) == (303, "/desk/flags#flag-1")
        (flag,) = Flags(own.flags).all()
        assert (flag.by, flag.source_id, flag.question) == (NAME, "", "rides?")
        assert staff.post(f"{own.address}/desk/flag", data={**form, "question": " "}).status_code == 422
        assert staff.post(f"{own.address}/desk/flag", data={**form, "fault": "x"}).status_code == 422
        assert staff.post(f"{own.address}/desk/flags/1/settled").status_code == 303
        assert Flags(own.flags).all()[0].settled.startswith(f"{NAME} on ")


@pytest.mark.parametrize(
    ("show", "marked"),
    [("0-8", 1), ("8-0", 0), ("x-9", 0), ("1-99999999999999999999999", 0), ("999999-9999999", 0), ("", 0)],
)
def test_a_place_that_is_none_marks_nothing(stranger: httpx.Client, show: str, marked: int) -> None:
    page = stranger.get("/documents/moon-sheet", params={"show": show})
    assert (page.status_code, page.text.count('id="cited-words"')) == (200, marked)


@pytest.mark.parametrize(
    "path", ["/documents/none", "/documents/..%2f..%2fapp.py", "/desk/assets/server.py", "/desk/docs"]
)
def test_what_is_not_there_is_said(staff: httpx.Client, path: str) -> None:
    page = staff.get(path)
    assert (page.status_code, "There is no such page" in page.text) == (404, True)


def test_a_document_says_who_cites_it_and_that_there_is_one_version(stranger: httpx.Client) -> None:
    page = stranger.get("/documents/moon-sheet").text
    assert "3 prepared answers cite it" in page
    assert "One is indexed." in page
    assert "Kern, Inyo" in page


def test_a_fault_is_logged_without_the_question(
    small: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("my number is 123-45-6789")

    monkeypatch.setattr("desk.inside.make_card", fails)
    caplog.set_level(logging.DEBUG)
    with served_desk(small, tmp_path / "flags.sqlite") as desk:
        cookies = {"desk": Sessions(Staff(staff_setting()).signing_key).cookie_of(NAME)}
        page = httpx.get(f"{desk.address}/desk/card", params={"q": "secretquestion"}, cookies=cookies)
    assert page.status_code == 500
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("desk", "uvicorn"))]
    assert [re.sub(r"\d+", "N", line) for line in ours] == ["a card failed: RuntimeError at test_desk_server.py:N"]


def test_the_page_beside_the_desk_keeps_its_own_addresses(small: Assistant, tmp_path: Path) -> None:
    page = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    page.get("/")(lambda: "the page")
    page.get("/desktop")(lambda: "not the desk")
    mount_desk(page, small, staff="", flags=tmp_path / "flags.sqlite")
    with listening(page) as address:
        paths = ["/", "/desktop", "/documents", "/desk", "/documentsx"]
        assert [httpx.get(address + path).status_code for path in paths] == [200, 200, 200, 503, 404]
        assert httpx.get(f"{address}/").headers.get("set-cookie") is None
