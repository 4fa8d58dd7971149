"""
Running the web server, in this process or in several, and ending it in order.

Ctrl-C, SIGTERM and a closed terminal mean the same: accept nothing new, finish what was begun, stop what was started.
Each of these takes a bounded time, so that whoever asked for the end gets it.
"""

import asyncio
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeAlias

from litestar import Litestar
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from server.settings import Settings

STOPPED = 0  # Whoever asks a server to end and gets it has seen no failure.
NOT_STARTED = 3  # What uvicorn calls a start that failed; the reason stands in the log.

DRAIN_SECONDS = 15  # For answers under way; what takes longer is cut off, and its caller asks again.
CLOSE_SECONDS = 15  # For the application to end after that.
KEEP_ALIVE_SECONDS = 75  # Longer than callers' pools keep a connection: they hang up, and never meet one just closed.

AppFactory: TypeAlias = Callable[[], Litestar]


class AddressUnavailable(Exception):
    """The address to listen on cannot be had; the message names the settings to change."""


def serve(app_factory: str | AppFactory, settings: Settings, on_stop: Callable[[], None]) -> int:
    """
    Serve until told to stop, then call ``on_stop``; the result is the process's exit code.

    ``app_factory`` is ``module:function``, called without arguments once in each of ``settings.workers`` processes:
    what they need to know beyond this process's environment they do not learn.  A function itself is called in this
    process, which is then the only one.  ``on_stop`` is called exactly once, whatever happens, after the last request
    was answered or cut off.
    Raises :class:`AddressUnavailable`.  Must run in the main thread, for that is where signals arrive.
    """
    with _signals_interrupt() as calm:
        try:
            return _run(_config(app_factory, settings), _bind(settings.host, settings.port))
        except KeyboardInterrupt:
            return STOPPED
        except SystemExit as refused:
            return refused.code if isinstance(refused.code, int) else NOT_STARTED
        finally:
            calm()
            on_stop()


def _config(app_factory: str | AppFactory, settings: Settings) -> Config:
    return Config(
        app_factory,
        factory=True,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        workers=settings.workers,
        log_level=settings.log_level,
        # Our own logging is set up by the application, and addresses of requests may hold what a log must not.
        log_config=None,
        access_log=False,
        server_header=False,
        # A caller's word about where it comes from is not taken.
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _bind(host: str, port: int) -> socket.socket:
    """A bound socket that does not listen yet: callers are refused, not kept waiting, until the application is up."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise AddressUnavailable(f"{host} is no address of this machine ({error.strerror}): set VENIA_HOST.") from None
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise AddressUnavailable(
            f"Venia cannot listen on {host}, port {port} ({error.strerror}): "
            "end what listens there, or set VENIA_HOST or VENIA_PORT."
        ) from None
    listener.set_inheritable(True)
    return listener


def _run(config: Config, listener: socket.socket) -> int:
    with listener:
        if config.workers == 1:
            _BoundedServer(config).run(sockets=[listener])
            return STOPPED
        workers = _Workers(config, sockets=[listener])
        workers.run()
        return NOT_STARTED if any(each.exitcode == NOT_STARTED for each in workers.processes) else STOPPED


class _BoundedServer(Server):
    """uvicorn's, except that an application that does not end is left behind after a while."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await asyncio.wait_for(super().shutdown(sockets), DRAIN_SECONDS + CLOSE_SECONDS)
        except TimeoutError:
            self.force_exit = True


class _Workers(Multiprocess):
    """uvicorn's, except that a worker that does not end is killed after a while and a closed terminal ends all."""

    def __init__(self, config: Config, sockets: list[socket.socket]) -> None:
        nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        super().__init__(config, sockets)
        if nohup:  # uvicorn listens to every signal, to those we were told to ignore as well.
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def join_all(self) -> None:
        deadline = time.monotonic() + DRAIN_SECONDS + CLOSE_SECONDS
        for worker in self.processes:
            worker.process.join(max(0.0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.kill()
                worker.process.join()

    def handle_hup(self) -> None:
        self.handle_term()


@contextmanager
def _signals_interrupt() -> Iterator[Callable[[], None]]:
    """
    Every signal to stop interrupts this thread, until the function given is called; then they are noted, no more.

    uvicorn takes them over while it serves, and repeats them to us when it is done.
    """
    caught = [signal.SIGINT, signal.SIGTERM]
    # Under nohup a closed terminal is ignored, and stays so.
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        caught.append(signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in (*caught, signal.SIGHUP)}

    def calm() -> None:
        for number in caught:
            signal.signal(number, _note)

    for number in caught:
        signal.signal(number, _as_term if number == signal.SIGHUP else _interrupt)
    try:
        yield calm
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _as_term(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)


def _note(_number: int, _frame: FrameType | None) -> None:
    """Being stopped already; a function and not SIG_IGN, which the programs we start would inherit."""
