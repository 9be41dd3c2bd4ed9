"""Files that come with the product."""

from io import BytesIO

import pytest

from plant.web import static


def page(environ, start_response):
    start_response("200 OK", [])
    return [b"page"]


@pytest.fixture
def ask(settings, tmp_path):
    """GET an address of a plant that has these files."""
    (tmp_path / "build").mkdir()
    for name in ("mark.svg", "app.0123456789ab.css", "build/chart.QF3EEXWX.js"):
        (tmp_path / name).write_text("x" * 10)
    settings.STATIC_ROOT = tmp_path
    application = static.with_files(page)

    def get(path):
        told = {}
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": BytesIO()}
        body = b"".join(application(environ, lambda status, headers: told.update(dict(headers), status=status)))
        return told, body

    return get


@pytest.mark.parametrize("name", ["app.0123456789ab.css", "build/chart.QF3EEXWX.js"])
def test_a_name_that_carries_its_content_is_kept_for_good(ask, name):
    told, body = ask(f"/static/{name}")
    assert body == b"x" * 10
    assert "immutable" in told["Cache-Control"]


def test_any_other_file_is_asked_for_again_and_never_guessed_at(ask):
    told, _body = ask("/static/mark.svg")
    assert told["Cache-Control"] == "max-age=60, public"
    assert told["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/static/none.css", "/static/../secrets"])
def test_every_other_address_is_a_page(ask, path):
    assert ask(path)[1] == b"page"
