"""An SFTP server over a folder, in this process."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paramiko

from integrations.adapters.files.sftp import fingerprint

USER, PASSWORD = "plant", "s3cret"


class Door(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL if (username, password) == (USER, PASSWORD) else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class Files(paramiko.SFTPServerInterface):
    """Just enough of a file system."""

    root: Path

    def _at(self, path: str) -> Path:
        return self.root / self.canonicalize(path).lstrip("/")

    def _do(self, act: Any) -> Any:
        try:
            return act()
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def _done(self, act: Any) -> int:
        found = self._do(act)
        return found if isinstance(found, int) and found else paramiko.SFTP_OK

    def list_folder(self, path: str) -> Any:
        return self._do(lambda: [paramiko.SFTPAttributes.from_stat(one.stat(), one.name)
                                 for one in self._at(path).iterdir()])

    def stat(self, path: str) -> Any:
        return self._do(lambda: paramiko.SFTPAttributes.from_stat(self._at(path).stat()))

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        def act() -> Any:
            mode = "r+b" if flags & (os.O_WRONLY | os.O_RDWR) else "rb"
            made = paramiko.SFTPHandle(flags)
            file = os.fdopen(os.open(self._at(path), flags, 0o644), mode)
            made.readfile = made.writefile = file
            return made
        return self._do(act)

    def remove(self, path: str) -> int:
        return self._done(lambda: self._at(path).unlink())

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        return self._done(lambda: self._at(oldpath).replace(self._at(newpath)) and None)

    def mkdir(self, path: str, attr: Any) -> int:
        return self._done(lambda: self._at(path).mkdir())


@dataclass
class Running:
    port: int
    key: str


@contextmanager
def running(root: Path) -> Iterator[Running]:
    """Serve the folder until the block ends."""
    key = paramiko.ECDSAKey.generate()
    door = socket.create_server(("127.0.0.1", 0))
    inside = type("Here", (Files,), {"root": root})
    open_ones: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                wire, _ = door.accept()
            except OSError:
                return
            transport = paramiko.Transport(wire)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, inside)
            open_ones.append(transport)
            try:
                transport.start_server(server=Door())
            except (paramiko.SSHException, EOFError):
                continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield Running(door.getsockname()[1], fingerprint(key))
    finally:
        door.close()
        for transport in open_ones:
            transport.close()
