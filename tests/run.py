"""Installs and runs all tests: `python3 tests/run.py [arguments for pytest]`, with nothing but Python 3.11.

Makes the virtual environment .venv-tests, installs tests/requirements.txt, finds Chromium (else installs
Debian's package when root, else Playwright's own) and runs pytest on every core. The store's tests need a
PostgreSQL server's binaries: found on the machine, else in a package of tests/requirements.txt.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-tests"
PYTHON = HOME / ("Scripts" if os.name == "nt" else "bin") / "python"
CHROMIUM = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/opt/google/chrome/chrome",
)


def run(*command: str | Path, **values: object) -> int:
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **values).returncode


def install() -> None:
    """The environment, once; again when the requirements have changed."""
    wanted = "".join((ROOT / name).read_text() for name in ("requirements.txt", "tests/requirements.txt"))
    stamp = HOME / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    if run(
        PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", "tests/requirements.txt"
    ):
        sys.exit("The packages of tests/requirements.txt could not be installed; see above.")
    stamp.write_text(wanted)


def has_chromium() -> bool:
    named = os.environ.get("VIP_DESK_CHROMIUM")
    places = (named,) if named else CHROMIUM
    return any(Path(place).exists() for place in places) or bool(shutil.which("chromium"))


def chromium() -> None:
    """A browser on this machine; the Chinese font too, because pages are looked at in both languages."""
    if has_chromium():
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", env=quiet)
        run(
            "apt-get",
            "install",
            "-y",
            "-qq",
            "chromium",
            "fonts-noto-cjk",
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
    if not has_chromium() and run(PYTHON, "-m", "playwright", "install", "chromium"):
        sys.exit("No Chromium: install one, or name it in VIP_DESK_CHROMIUM.")


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file an older Python may meet
        sys.exit("The tests need Python 3.11 or newer.")
    install()
    chromium()
    chosen = sys.argv[1:] or ["-n", str(max(2, os.cpu_count() or 2)), "--dist", "loadfile"]
    return run(PYTHON, "-m", "pytest", *chosen)


if __name__ == "__main__":
    sys.exit(main())
