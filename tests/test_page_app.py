"""python app.py: what it says when it can't start."""

import os
import socket
import subprocess
import sys
import time

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
