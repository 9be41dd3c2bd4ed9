"""Ports: free ones, the same ones again."""

import socket

from ops.ports import PortBook, answers, any_free, is_free, several_free


def test_is_free_is_false_while_someone_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert not is_free(port)
        assert answers(port)
    assert is_free(port)


def test_several_free_are_all_different():
    ports = several_free(200)

    assert len(set(ports)) == 200


def test_choose_takes_the_preferred_port_when_it_is_free(tmp_path):
    wish = any_free()

    assert PortBook(tmp_path / "ports.json").choose("web", wish) == wish


def test_choose_avoids_a_taken_port(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        wish = server.getsockname()[1]

        assert PortBook(tmp_path / "ports.json").choose("web", wish) != wish


def test_choose_keeps_last_times_port(tmp_path):
    first = PortBook(tmp_path / "ports.json").choose("plc_a")

    assert PortBook(tmp_path / "ports.json").choose("plc_a") == first


def test_choose_never_gives_one_port_twice(tmp_path):
    book, wish = PortBook(tmp_path / "ports.json"), any_free()

    assert book.choose("web", wish) != book.choose("live", wish)


def test_choose_survives_a_damaged_book(tmp_path):
    (tmp_path / "ports.json").write_text("{half")

    assert PortBook(tmp_path / "ports.json").choose("web")


def test_a_kept_port_is_nobody_elses_until_it_is_let_go(tmp_path):
    book = PortBook(tmp_path / "ports.json")
    port = book.choose("live")
    book.keep(port)

    assert not is_free(port)
    assert PortBook(tmp_path / "others.json").choose("live", port) != port
    book.let_go(port)
    assert is_free(port)
