"""The doors of staff: who comes in, what may be brought in and under which name, that nothing is lost or left."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from commanding import refused
from conftest import ROOT
from fastapi.testclient import TestClient
from staff_site import HOST, NAME, PASSWORD, Site, sign_in, site, token, until, upload
from test_web import call

from app import main
from assistant.staff import office as office_room
from assistant.staff.corrections import CannotWrite, Wrong, checked, correct
from assistant.staff.items import State
from assistant.staff.names import BadName, numbered, safe_name
from assistant.staff.people import People, StaffFileError, add, read, remove
from assistant.staff.sessions import FAILURES, LASTS, WITHIN, Failures, Sessions
from assistant.web.middleware import BODY_LIMIT
from assistant.web.staff import upload as uploading
from corpus.reading import stated

TEXT = "KẾ HOẠCH\ncông tác trẻ em tỉnh Lai Châu năm 2024\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- {duty}"
PLAN = TEXT.format(duty="Phát thuốc.").encode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("staff")) as made:
        yield made


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> None:
    """Wrong passwords of one test do not keep the next one out."""
    if "place" in request.fixturenames:
        request.getfixturevalue("place").office.failures = Failures()


# Who comes in


@pytest.mark.parametrize("path", ["/staff", "/staff/items", "/staff/plans", "/staff/in", "/staff/upload"])
def test_without_a_file_of_staff_there_is_no_such_page(address: str, path: str) -> None:
    for method in ("GET", "POST"):
        response, text = call(address, method, path)
        assert response.status == 404
        assert 'href="tel:111"' in text


@pytest.mark.parametrize(
    ("name", "password"),
    [(NAME, "sai mật khẩu"), ("Không ai", PASSWORD), ("", ""), (NAME, ""), (NAME, PASSWORD + "\0"), ("a" * 999, "x")],
)
def test_who_is_not_of_the_staff_stays_out(place: Site, name: str, password: str) -> None:
    client = place.visitor()
    response = sign_in(client, name, password)
    assert response.status_code == 401
    assert "Tên hoặc mật khẩu không đúng" in response.text
    assert "set-cookie" not in response.headers
    assert 'href="tel:111"' in response.text


def test_an_unknown_name_takes_as_long_as_a_wrong_password(place: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are checked by the same work."""
    worked: list[str] = []
    real = place.office.people.check.__func__.__globals__["_scrypt"]  # type: ignore[attr-defined]

    def counted(*given: object) -> bytes:
        worked.append(str(given[2:]))
        return bytes(real(*given))

    sign_in(place.visitor(), "Không ai", "x")  # the hash of nobody is made once
    monkeypatch.setattr("assistant.staff.people._scrypt", counted)
    sign_in(place.visitor(), "Không ai", "x" * 12)
    sign_in(place.visitor(), NAME, "x" * 12)
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_the_cookie_is_for_this_site_and_no_script(place: Site) -> None:
    response = sign_in(place.visitor())
    cookie = response.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/staff", f"max-age={LASTS}"):
        assert part in cookie
    assert "secure" not in cookie
    assert LASTS == 8 * 3600
    secret = sign_in(place.visitor("https://secret.example"))
    assert "; secure" in secret.headers["set-cookie"].lower()


def test_pages_of_staff_run_no_script_of_the_page_and_are_not_kept(place: Site) -> None:
    response = place.staff().get("/staff")
    policy = response.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "same-origin"
    body = response.text
    assert not re.search(r"<script(?![^>]*\bsrc=)", body)
    assert not re.search(r"\son\w+=", body)
    assert "'unsafe-inline'" in place.visitor().get("/healthz").headers["content-security-policy"]


def test_signing_out_ends_the_session_for_good(place: Site) -> None:
    client = place.staff()
    key = client.cookies["staff"]
    assert client.post("/staff/out", data={"token": token(client)}).status_code == 303
    assert "Đăng nhập" in client.get("/staff").text
    again = place.visitor()
    again.cookies.set("staff", key)
    assert "Đăng nhập" in again.get("/staff").text


def test_who_is_taken_out_of_the_file_is_out_at_once(own: Site, tmp_path: Path) -> None:
    client = own.staff()
    remove(tmp_path / "staff.toml", NAME)
    assert client.get("/staff/items").status_code == 401
    assert upload(client, ("a.txt", PLAN), said="x").status_code == 401


def test_a_session_is_over_after_eight_hours() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    key = sessions.begin("A", "mark")
    now[0] = LASTS - 1
    assert sessions.of(key) is not None
    now[0] = LASTS
    assert sessions.of(key) is None
    assert sessions.of("") is None


def test_five_wrong_passwords_are_enough() -> None:
    now = [0.0]
    failures = Failures(lambda: now[0])
    assert [failures.take("address a", "name b") for _ in range(6)] == [True] * FAILURES + [False]
    assert not failures.take("address c", "name b")
    assert not failures.take("address a", "name d")
    assert failures.take("address c", "name d")
    now[0] = WITHIN
    assert failures.take("address a", "name b")


def test_after_five_even_the_right_password_waits(place: Site) -> None:
    client = place.visitor()
    said = {sign_in(client, "Không ai", "x").status_code for _ in range(FAILURES)}
    assert said == {401}
    response = sign_in(client)
    assert response.status_code == 429
    assert response.headers["retry-after"] == str(WITHIN)
    assert "15 phút" in response.text


def test_signing_in_counts_no_failure(place: Site) -> None:
    assert [sign_in(place.visitor()).status_code for _ in range(FAILURES + 2)] == [303] * (FAILURES + 2)


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "http://localhost.evil.example"])
@pytest.mark.parametrize("path", ["/staff/in", "/staff/out", "/staff/upload", "/staff/undo", "/staff/plans/ca-mau"])
def test_every_post_comes_from_a_page_of_this_site(place: Site, path: str, origin: str) -> None:
    client = place.staff()
    fields = {"token": token(client), "name": NAME, "password": PASSWORD}
    client.headers["Origin"] = origin
    response = client.post(path, data=fields)
    assert response.status_code == 403
    assert "Không nhận yêu cầu gửi từ trang khác" in response.text


@pytest.mark.parametrize("path", ["/staff/out", "/staff/undo", "/staff/plans/ca-mau"])
@pytest.mark.parametrize("said", ["", "x", "đ"])
def test_every_form_holds_the_token_of_its_session(place: Site, path: str, said: str) -> None:
    client = place.staff()
    assert client.post(path, data={"token": said}).status_code == 403
    assert client.post(path, data={"token": token(place.staff())}).status_code == 403
    assert client.get("/staff/items").status_code == 200
    assert place.visitor().post(path, data={"token": token(client)}).status_code == 401


def test_nothing_of_who_and_how_is_logged(place: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sign_in(place.visitor())
    sign_in(place.visitor(), NAME, "sai mật khẩu lắm")
    assert NAME not in caplog.text
    assert PASSWORD not in caplog.text
    assert "sai mật khẩu lắm" not in caplog.text


# The file of staff


def test_the_command_makes_a_file_that_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "staff.toml"
    command = [sys.executable, "-m", "assistant", "staff", str(file), NAME]
    done = subprocess.run(command, cwd=ROOT, input=f"{PASSWORD}\n", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in file.read_text(encoding="utf-8")
    people = People(file)
    assert people.check(NAME, PASSWORD)
    assert people.check(NAME, PASSWORD + "x") is None
    subprocess.run([*command, "--remove"], cwd=ROOT, check=True, capture_output=True)
    assert people.check(NAME, PASSWORD) is None


def test_one_person_more_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "staff.toml"
    add(file, "A", PASSWORD)
    before = read(file)["A"]
    add(file, 'B "x" = [y]', PASSWORD)
    assert read(file)["A"] == before
    assert set(read(file)) == {"A", 'B "x" = [y]'}


@pytest.mark.parametrize(
    ("typed", "name", "said"),
    [
        ("ngắn\n", "A", "10"),
        ("\n", "A", "10"),
        (f"{PASSWORD}\n", " ", "1 đến 80"),
        (f"{PASSWORD}\n", "a\nb\0", "1 đến"),
    ],
)
def test_what_the_command_refuses(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    *,
    typed: str,
    name: str,
    said: str,
) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert said in refused(capsys, "staff", str(tmp_path / "staff.toml"), name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (None, 0o600, "không có tệp cán bộ"),
        ("", 0o644, "chmod 600"),
        ("A = 1", 0o600, "không phải tệp cán bộ"),
        ('[A]\nscrypt = "40:8:3:AAAAAAAAAAAAAAAAAAAAAA==:BBBB"', 0o600, "không phải tệp cán bộ"),
        ("[[", 0o600, "không đọc được"),
    ],
)
def test_a_file_of_staff_that_cannot_be_used_keeps_the_site_from_opening(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, index_folder: Path, *, text: str | None, mode: int, said: str
) -> None:
    file = tmp_path / "staff.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
        file.chmod(mode)
    with pytest.raises(StaffFileError, match=said):
        read(file)
    assert main(["--port", "0", "--index", str(index_folder), "--staff", str(file)]) == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


# What is brought in


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("kế hoạch.txt", "kế hoạch.txt"),
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("\\\\máy\\a\\Kế hoạch.DOCX", "Kế hoạch.docx"),
        (".ẩn.txt", "ẩn.txt"),
        ("...txt", "ke-hoach.txt"),
        ("~$khoa.docx", "khoa.docx"),
        ("a\0b\r\nc\u202egpj.pdf", "ab cgpj.pdf"),
        ("ke\u0302\u0301 hoa\u0323ch.pdf", "kế hoạch.pdf"),
        ('a<b>"c"|d?*.txt', "a-b--c--d--.txt"),
        ("ế" * 200 + ".pdf", "ế" * 48 + ".pdf"),
        (" . .txt", "ke-hoach.txt"),
        ("a. .txt", "a.txt"),
    ],
)
def test_names_are_made_safe(said: str, kept: str) -> None:
    assert safe_name(said) == kept
    assert len(kept.encode()) <= 150


@pytest.mark.parametrize("said", ["a.exe", "a", "", "txt", "a.txt/", "documents.toml", "a.html.exe", "a.svg", "a.xlsx"])
def test_only_what_a_reader_reads_is_taken(said: str) -> None:
    with pytest.raises(BadName, match=r"\.docx"):
        safe_name(said)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert numbered("a.txt", ["b.txt"]) == "a.txt"
    assert numbered("a.docx", ["A.TXT", "a-2.pdf"]) == "a-3.docx"
    assert len(numbered("ế" * 48 + ".pdf", ["ế" * 48 + ".pdf"]).encode()) <= 150


def test_a_file_comes_in_is_answered_and_goes_out_again(own: Site) -> None:
    client = own.staff()
    response = upload(client, ("../lai-chau.txt", PLAN))
    assert (response.status_code, response.headers["location"]) == (303, "/staff#staff-now")
    item = own.done()
    assert (item.state, item.name, item.who) == (State.DONE, "lai-chau.txt", NAME)
    assert item.understood is not None
    assert (item.understood.province, item.understood.period, item.understood.sections) == ("Lai Châu", "2024", 2)
    until_answerable(client)
    assert "Phát thuốc" in own.office.live.ask("Sở Y tế Lai Châu phải làm gì?").text
    [put] = own.office.shelf.journal.latest()
    assert (put.file, put.who, put.out_by) == ("lai-chau.txt", NAME, "")
    assert (own.folder / ".intake.jsonl").stat().st_mode & 0o077 == 0
    assert client.post("/staff/undo", data={"token": token(client), "put": put.id}).status_code == 303
    own.done()
    assert not (own.folder / "lai-chau.txt").exists()
    assert [path.read_bytes() for path in (own.folder / ".undone").rglob("lai-chau.txt")] == [PLAN]
    assert own.office.shelf.journal.latest()[0].out_by == NAME
    assert client.post("/staff/undo", data={"token": token(client), "put": put.id}).status_code == 409


def until_answerable(client: TestClient) -> None:
    until(lambda: "Hỏi được ngay" in client.get("/staff/items").json()["items"][0]["html"])


def test_a_name_that_is_held_is_kept_unless_replacing_is_asked_for(own: Site) -> None:
    client = own.staff()
    before = (own.folder / "ca-mau.txt").read_bytes()
    upload(client, ("ca-mau.txt", PLAN))
    assert own.done().name == "ca-mau-2.txt"
    assert (own.folder / "ca-mau.txt").read_bytes() == before
    other = TEXT.format(duty="Khám mắt.").encode()
    upload(client, ("CA-MAU.txt", other), same="replace")
    assert own.done().name == "ca-mau.txt"
    assert (own.folder / "ca-mau.txt").read_bytes() == other
    put = own.office.shelf.journal.latest()[0]
    assert put.kept
    client.post("/staff/undo", data={"token": token(client), "put": put.id})
    own.done()
    assert (own.folder / "ca-mau.txt").read_bytes() == before
    assert [path.read_bytes() for path in (own.folder / ".undone").rglob("*.txt")] == [other]


def test_a_file_that_has_changed_since_is_not_taken_out(own: Site) -> None:
    client = own.staff()
    upload(client, ("lai-chau.txt", PLAN))
    own.done()
    [put] = own.office.shelf.journal.latest()
    (own.folder / "lai-chau.txt").write_bytes(PLAN + b"\n- A.")
    response = client.post("/staff/undo", data={"token": token(client), "put": put.id})
    assert response.status_code == 409
    assert "tệp đã đổi từ đó" in response.text
    assert (own.folder / "lai-chau.txt").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.4 cut off", "PDF hỏng"),
        ("a.docx", b"not a zip", "a.docx"),
        ("a.txt", b"", "a.txt"),
        ("<script>.exe", b"MZ", "chưa đọc được định dạng này"),
    ],
)
def test_what_cannot_be_read_is_said_and_removed(place: Site, name: str, data: bytes, said: str) -> None:
    client = place.staff()
    before = place.plans
    upload(client, (name, data))
    item = place.done()
    assert item.state is State.REFUSED
    assert said in item.why
    assert set(place.plans) - set(before) <= {".incoming"}
    assert left(place) == []
    shown = client.get("/staff/items").json()["items"][0]["html"]
    assert "<script" not in shown
    assert "Không nhận" in shown


def left(place: Site) -> list[Path]:
    return list((place.folder / ".incoming").glob("*"))


def test_a_file_over_the_limit_is_let_go_by(place: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "FILE_LIMIT", 100_000)
    upload(place.staff(), ("lon.txt", b"x" * 100_001), ("nho.txt", b""))
    place.done()
    last, first = place.office.items.all()[:2]
    assert {first.state, last.state} == {State.REFUSED}
    assert "lớn hơn" in first.why + last.why
    assert left(place) == []


def test_a_form_over_the_limit_is_refused_before_it_comes(place: Site) -> None:
    client = place.staff()
    head = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(uploading.FORM_LIMIT + 1)}
    response = client.post("/staff/upload", content=b"", headers=head)
    assert response.status_code == 413
    assert uploading.FILE_LIMIT == 50 << 20


def test_large_bodies_are_for_those_who_are_signed_in(place: Site) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    stranger = place.visitor()
    response = stranger.post("/staff/upload", content=never(), headers={"Content-Length": str(BODY_LIMIT * 9)})
    assert response.status_code == 401
    assert "đăng nhập lại" in response.text
    assert 'href="tel:111"' in response.text
    big = place.staff().post("/staff/undo", content=b"x" * (BODY_LIMIT + 1))
    assert big.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"x", 422),
        ("multipart/form-data", b"x", 422),
        ("multipart/form-data; boundary=x", b"no form at all", 422),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nTOKEN', 422),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nx\r\n--x--',
            403,
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nPLAN\r\n'
            b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nTOKEN\r\n--x--',
            403,
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nTOKEN\r\n'
            b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf of a pl',
            422,
        ),
    ],
)
def test_what_is_no_form_of_ours_leaves_nothing(place: Site, kind: str, body: bytes, status: int) -> None:
    client = place.staff()
    body = body.replace(b"TOKEN", token(client).encode())
    count = len(place.office.items.all())
    response = client.post("/staff/upload", content=body, headers={"Content-Type": kind})
    assert response.status_code == status
    assert 'href="tel:111"' in response.text
    assert left(place) == []
    assert len(place.office.items.all()) == count


def test_a_full_disk_is_said_and_leaves_nothing(place: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    client, before = place.staff(), place.plans
    monkeypatch.setattr("assistant.staff.journal.append_line", full)
    upload(client, ("day.txt", PLAN))
    item = place.done()
    assert item.state is State.REFUSED
    assert "No space left" in item.why
    monkeypatch.setattr("assistant.staff.shelf.Shelf.room", full)
    upload(client, ("day.txt", PLAN))
    item = place.done()
    assert item.state is State.REFUSED
    assert "không giữ lại gì" in item.why
    assert set(place.plans) - set(before) <= {".incoming"}
    assert left(place) == []


def test_what_a_site_left_half_way_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "plans" / ".incoming" / "x").mkdir(parents=True)
    (tmp_path / "plans" / ".incoming" / "x" / "a.txt").write_bytes(PLAN)
    with site(tmp_path) as made:
        assert left(made) == []


def test_a_build_that_fails_is_said_and_the_file_stays(own: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(office_room.Keeper, "build", full)
    upload(own.staff(), ("lai-chau.txt", PLAN))
    item = own.done()
    assert item.state is State.FAILED
    assert (own.folder / "lai-chau.txt").exists()


def test_what_was_brought_in_is_never_served_as_itself(place: Site) -> None:
    client = place.staff()
    page = "<html><body><h1>KẾ HOẠCH</h1><p>1. Sở Y tế</p><script>alert(1)</script><p>Khám mắt.</p></body></html>"
    upload(client, ("trang.html", page.encode()))
    assert place.done().state is State.DONE
    for path in ("/staff/trang.html", "/trang.html", "/plans/.incoming", "/web/trang.html"):
        assert client.get(path).status_code == 404
    assert "<script>alert" not in client.get("/staff").text


# What is corrected


def test_a_correction_survives_and_can_be_taken_back(own: Site) -> None:
    said = own.folder / "documents.toml"
    said.write_text('# giữ lời này\n[khac]\nprovince = "Hà Nội" # và lời này\n', encoding="utf-8")
    client = own.staff()
    address = "/staff/plans/ca-mau"
    shown = client.get(address).text
    assert "Cà Mau" in shown
    fields = {
        "token": token(client),
        "province": "tinh kien giang",
        "first": "2021",
        "last": "2030",
        "date": "2/3/2021",
    }
    assert client.post(address, data=fields).status_code == 303
    own.done()
    text = said.read_text(encoding="utf-8")
    assert text.startswith('# giữ lời này\n[khac]\nprovince = "Hà Nội" # và lời này\n')
    assert 'province = "Kiên Giang"' in text
    until(lambda: province(own) == "Kiên Giang")
    found = own.office.live.documents["ca-mau"].metadata
    assert found.period == (2021, 2030)
    assert found.date is not None
    assert found.date.value == "2021-03-02"
    page = client.get("/plans/ca-mau").text
    assert page.count("đã sửa") == 3
    plan_file = own.folder / "ca-mau.txt"
    plan_file.write_bytes(plan_file.read_bytes() + b"\n- A.")
    own.office._keeper.build()
    until(lambda: "- A." in own.office.live.documents["ca-mau"].text)
    assert province(own) == "Kiên Giang"
    assert client.post(address, data={"token": token(client)}).status_code == 303
    until(lambda: province(own) == "Cà Mau")
    assert said.read_text(encoding="utf-8").rstrip() == '# giữ lời này\n[khac]\nprovince = "Hà Nội" # và lời này'


def test_what_was_corrected_goes_with_the_file_it_was_said_of(own: Site) -> None:
    client = own.staff()

    def correct_it(name: str) -> None:
        fields = {"token": token(client), "province": "Kiên Giang"}
        assert client.post(f"/staff/plans/{name}", data=fields).status_code == 303
        assert own.done().state is State.DONE

    def undo() -> None:
        put = own.office.shelf.journal.latest()[0]
        client.post("/staff/undo", data={"token": token(client), "put": put.id})
        assert own.done().state is State.DONE

    correct_it("ca-mau")
    upload(client, ("ca-mau.txt", PLAN), same="replace")
    found = own.done().understood
    assert found
    assert (found.province, found.stated) == ("Kiên Giang", ("province",))  # as the plan is served, not as it was read
    undo()
    assert set(stated(own.folder)) == {"ca-mau"}
    for _ in range(2):
        upload(client, ("moi.txt", PLAN))
        item = own.done()
        assert item.name == "moi.txt"
        assert item.understood
        assert (item.understood.province, item.understood.stated) == ("Lai Châu", ())
        until(lambda: "moi" in own.office.live.documents)
        correct_it("moi")
        assert set(stated(own.folder)) == {"ca-mau", "moi"}
        undo()
        assert set(stated(own.folder)) == {"ca-mau"}
        (aside,) = (
            path for path in own.folder.glob(".undone/*/documents.toml") if path.parent.name.startswith(put_of(own))
        )
        assert stated(aside.parent)["moi"] == {"province": "Kiên Giang"}


def test_a_file_goes_even_where_what_was_said_of_it_cannot(own: Site, tmp_path: Path) -> None:
    client = own.staff()
    upload(client, ("moi.txt", PLAN))
    assert own.done().state is State.DONE
    (tmp_path / "said.toml").write_text("[moi]\nprovince = 'Sơn La'\n", encoding="utf-8")
    (own.folder / "documents.toml").symlink_to(tmp_path / "said.toml")
    response = client.post("/staff/undo", data={"token": token(client), "put": put_of(own)})
    assert response.status_code == 409
    assert "là liên kết" in response.text
    assert own.done().state is State.DONE
    assert not (own.folder / "moi.txt").exists()
    until(lambda: "moi" not in own.office.live.documents)


def test_words_typed_by_hand_are_no_reason_to_refuse_a_file(own: Site) -> None:
    long = f"[ca-mau]\ntitle = '{'Kế hoạch ' * 80}'\nghi_chu = 'Của phòng A'\n"
    (own.folder / "documents.toml").write_text(long, encoding="utf-8")
    upload(own.staff(), ("ca-mau.txt", PLAN), same="replace")
    item = own.done()
    assert (item.state, item.why) == (State.DONE, "")
    assert item.understood
    assert "title" in item.understood.stated
    assert (own.folder / "documents.toml").read_text("utf-8") == long


def put_of(place: Site) -> str:
    return place.office.shelf.journal.latest()[0].id


def test_names_that_are_tried_do_not_make_room_for_more_tries() -> None:
    failures = Failures()
    for _ in range(FAILURES):
        assert failures.take("address a", "name b")
    for number in range(20_000):
        assert not failures.take("address a", f"name {number}")
    assert not failures.take("address c", "name b")


def province(place: Site) -> str:
    fact = place.office.live.documents["ca-mau"].metadata.province
    return fact.value if fact else ""


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"province": "Atlantis"}, "Không biết tỉnh này"),
        ({"date": "31/02/2024"}, "Không có ngày này"),
        ({"date": "2024-13-01"}, "Không có ngày này"),
        ({"date": "hôm qua"}, "Không có ngày này"),
        ({"first": "2030", "last": "2021"}, "Năm đầu sau năm cuối"),
        ({"first": "2030"}, "cả hai năm"),
        ({"first": "1", "last": "2021"}, "cả hai năm"),
        ({"first": "²⁰²¹", "last": "2021"}, "cả hai năm"),
        ({"title": "x" * 501}, "Dài quá"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(place: Site, fields: dict[str, str], said: str) -> None:
    client = place.staff()
    response = client.post("/staff/plans/ca-mau", data={"token": token(client), "number": "1/KH-UBND", **fields})
    assert response.status_code == 422
    assert said in response.text
    assert "1/KH-UBND" in response.text  # what was typed is not lost
    assert 'aria-invalid="true"' in response.text
    assert not (place.folder / "documents.toml").exists()


def test_words_typed_never_become_markup_or_toml(tmp_path: Path) -> None:
    file = tmp_path / "a.b [c].txt"
    title = '"]\n[x]\nprovince = "Hà Nội" <b>'
    assert correct(file, {"title": title})

    assert stated(tmp_path) == {"a.b [c]": {"title": " ".join(title.split())}}


@pytest.mark.parametrize("text", ["[[", "a = 1", "a = [1]"])
def test_a_file_that_cannot_be_mended_is_left_alone(tmp_path: Path, text: str) -> None:
    said = tmp_path / "documents.toml"
    said.write_text(text, encoding="utf-8")
    with pytest.raises(CannotWrite, match="sửa tay"):
        correct(tmp_path / "a.txt", {"title": "B"})
    assert said.read_text(encoding="utf-8") == text


def test_a_disk_that_is_full_leaves_what_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(tmp_path / "a.txt", {"title": "B"})
    before = (tmp_path / "documents.toml").read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="không ghi được"):
        correct(tmp_path / "a.txt", {"title": "C"})
    assert (tmp_path / "documents.toml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["documents.toml"]


def test_a_whole_entry() -> None:
    typed = dict.fromkeys(("title", "number", "issuer", "signer", "date", "province", "first", "last"), "")
    assert checked(typed) == {}
    assert checked({**typed, "date": "01/12/2024", "first": "2024", "last": "2024"}) == {
        "date": "2024-12-01",
        "period": [2024, 2024],
    }
    with pytest.raises(Wrong) as raised:
        checked({**typed, "date": "x", "province": "y"})
    assert raised.value.fields == {"date": "no_day", "province": "no_province"}


def test_a_line_of_the_journal_that_is_damaged_is_passed_over(place: Site) -> None:
    from assistant.staff.journal import Journal, Put

    folder = place.folder / ".undone" / "journal"
    folder.mkdir(parents=True)
    journal = Journal(folder)
    journal.put(Put("a", "2024-01-01T00:00:00+00:00", NAME, "a.txt", "0"))
    with journal.path.open("ab") as file:
        file.write(b'{"did": "in"\n[]\n"x"\n\xff\n')
    journal.put(Put("b", "2024-01-01T00:00:01+00:00", NAME, "b.txt", "0"))
    journal.out("a", NAME)
    assert [(put.id, bool(put.out_by)) for put in journal.latest()] == [("b", False), ("a", True)]
    assert json.loads(journal.path.read_text("utf-8", errors="replace").splitlines()[0])["who"] == NAME


def test_the_address_of_the_site_is_its_own(place: Site) -> None:
    assert place.visitor().get("/staff", headers={"Host": "evil.example"}).status_code == 400
    assert str(place.visitor().base_url).startswith(HOST)


def test_a_file_that_is_refused_takes_no_other_with_it(own: Site) -> None:
    client = own.staff()
    upload(client, ("lai-chau.txt", PLAN), ("xau.exe", b"MZ"))
    own.done()
    assert (own.folder / "lai-chau.txt").read_bytes() == PLAN


def test_two_who_correct_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    plans = [tmp_path / f"{name}.txt" for name in "abcdefgh"]
    with ThreadPoolExecutor(8) as staff:
        list(staff.map(lambda plan: correct(plan, {"number": f"{plan.stem}/KH"}), plans))
    assert {stem: entry["number"] for stem, entry in stated(tmp_path).items()} == {
        plan.stem: f"{plan.stem}/KH" for plan in plans
    }
