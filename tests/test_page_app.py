"""python app.py: that it starts, answers and ends quietly, and what it says when it can't start."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ingest.settings import PROJECT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROJECT / "app.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_busy_port_is_noticed_before_the_slow_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        began = time.monotonic()
        done = run("--port", str(port))
    line = f"error: port {port} on 127.0.0.1 is in use; choose another with --port {port + 1}\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)
    assert time.monotonic() - began < 5


def test_a_host_that_is_not_here_is_one_line() -> None:
    done = run("--host", "192.0.2.1", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("error: can't listen on port 0 of 192.0.2.1 (")
    assert done.stderr.count("\n") == 1


def test_a_wrong_setting_is_one_line() -> None:
    done = run("--port", "0", DUALS_NAVIGATOR_COLOR="blue")
    assert done.returncode == 1
    assert done.stderr.startswith("error: DUALS_NAVIGATOR_COLOR is not a setting")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to another process there")
def test_it_says_where_to_go_when_it_answers_and_ends_quietly(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "plans.txt").write_text("Plans\n\nMedi-Medi Plans began in 2023.\n", encoding="utf-8")
    settings = {"DUALS_NAVIGATOR_CORPUS": str(corpus), "DUALS_NAVIGATOR_INDEX": str(tmp_path / "index")}
    command = [sys.executable, str(PROJECT / "app.py"), "--port", "0"]
    errors = tmp_path / "errors.txt"
    with (
        errors.open("w") as stderr,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, env={**os.environ, **settings}
        ) as running,
    ):
        assert running.stdout
        said = running.stdout.readline()
        found = re.fullmatch(r"Open (http://127\.0\.0\.1:\d+) in your browser\n", said)
        assert found, errors.read_text()
        with urllib.request.urlopen(f"{found[1]}/health", timeout=10) as response:
            assert json.load(response) == {"status": "ok", "documents": 1, "passages": 1}
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 0
        assert running.stdout.read() == ""
    assert "Traceback" not in errors.read_text()
