import pytest

from webui import addresses, create_app


@pytest.fixture
def asked(tmp_path):
    app = create_app(tmp_path / ".pincite")
    with app.test_request_context("/search?q=a+b&filter=year:2019&filter=kind:row&page=3&sort=newest"):
        yield


@pytest.mark.usefixtures("asked")
class TestOneChange:
    def test_a_value_more(self):
        assert addresses.with_value("filter", 'author:"J S"') == (
            "/search?q=a+b&filter=year%3A2019&filter=kind%3Arow&sort=newest&filter=author%3A%22J+S%22"
        )

    def test_a_value_less(self):
        assert addresses.without_value("filter", "year:2019") == "/search?q=a+b&filter=kind%3Arow&sort=newest"

    def test_one_value_alone_or_none(self):
        assert addresses.with_only("sort", "oldest").endswith("&sort=oldest")
        assert "sort" not in addresses.with_only("sort", "")

    def test_another_query(self):
        assert addresses.with_query("c&d").startswith("/search?q=c%26d&filter=")

    def test_another_page(self):
        assert addresses.other_page_url(4).endswith("&sort=newest&page=4")

    def test_half_a_surrogate_pair_does_no_harm(self):
        assert addresses.with_value("drop", "\ud800").endswith("&drop=%3F")
