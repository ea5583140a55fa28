"""The demo stands up as a real server does, each with data of its own."""

import urllib.request

from tests.browsing import NewPage
from tests.serving import Server


def answered(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url) as answer:
        return answer.status, answer.read().decode()


def test_the_front_page_is_served_with_its_style(server: Server, new_page: NewPage):
    page = new_page()
    answer = page.goto(server.url)
    assert answer is not None
    assert answer.status == 200
    rules = page.evaluate("[...document.styleSheets].map(sheet => [sheet.href, sheet.cssRules.length])")
    assert all(count for _, count in rules), rules
    assert any("uswds" in href and count > 1000 for href, count in rules), rules


def test_a_server_of_its_own_has_the_same_demo_elsewhere(server: Server, fresh_server: Server):
    assert server.data != fresh_server.data
    assert server.url != fresh_server.url
    assert answered(fresh_server.url)[0] == 200


def test_commands_run_on_the_data_of_a_server(fresh_server: Server):
    done = fresh_server.accord("audit", "verify", "--json")
    assert done.returncode == 0, done.stderr
    assert '"whole": true' in done.stdout
