"""What every test can lean on. Fixtures of the browser are in `browsing.py`, of the running server in `serving.py`.

Tests that touch the database carry the marker `database`, put on here, and run again on PostgreSQL (`make test`).
Those that ask for words alone are marked `any_server` and do not: it does not hang on the server what a page says.
A test must leave the database by rolling back (`db`, `django_db`): audit events refuse to be deleted, so Django's flush
after `transaction=True` fails. What needs real commits runs against a server of its own (`fresh_server`).
"""

import pytest

pytest_plugins = ["tests.serving", "tests.browsing"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
BROWSER_FIXTURES = {"browser", "new_page", "page", "phone", "page_without_javascript"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: touches the database (put on by conftest.py)")
    config.addinivalue_line("markers", "any_server: touches the database, and asks nothing that hangs on the server")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        touches = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
        if touches and not item.get_closest_marker("any_server"):
            item.add_marker("database")
        if fixtures & BROWSER_FIXTURES:
            item.add_marker("browser")
            # Tests of one file share a server and a Chromium: on one worker they start once.
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
