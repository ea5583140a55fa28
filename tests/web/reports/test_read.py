"""reports:list, reports:read and the files: what everyone sees, and that nothing hidden is in it."""

import csv
import hashlib
import io
import json
import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from accord.facts import Role
from accord.stats import attack, tally
from accord.stats.cells import Layout
from accord.stats.schema import OUTCOMES
from accord.web.interactions import frames
from accord.web.reports.models import Edition
from tests.web.reports.factories import FALL, SPRING, account, carol, draft, eve, published, schools, signed_in

pytestmark = pytest.mark.django_db
FILES = ("/reports/2026-spring/", "/reports/2026-spring.json", "/reports/2026-spring/race.csv")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-24T18:00:00+00:00", tick=False)


def true_counts(table: dict) -> dict[tuple[str, str], int]:
    """Every figure of a table counted from the rows themselves."""
    events = frames.events(start=SPRING.start, end=SPRING.end)
    other = "" if table["across"] == "measure" else table["across"]
    layout = Layout(table["id"], table["dimension"], (), (), other)
    groupings = [(), (table["dimension"],), *([(other,), (table["dimension"], other)] if other else [])]
    counted = tally.counts(events, groupings, tuple(item.name for item in OUTCOMES))
    return {
        (row["id"], column["id"]): counted.get(layout.cell(row["id"], column["id"]), 0)
        for row in table["rows"]
        for column in table["columns"]
    }


def page_tables(client: Client) -> list[list[list[str]]]:
    tree = LexborHTMLParser(client.get("/reports/2026-spring/").content.decode())
    return [
        [[re.sub(r"\s+", " ", cell.text().strip()) for cell in line.css("th, td")] for line in table.css("tr")]
        for table in tree.css(".sheet table")
    ]


def test_everyone_reads_what_is_published_and_finds_it_in_the_list():
    one = published()
    listed = Client().get("/reports/").content.decode()
    assert f'href="/reports/{one.slug}/"' in listed
    assert one.digest in listed
    text = Client().get(f"/reports/{one.slug}/").content.decode()
    assert one.digest in text
    assert "Draft, not published" not in text
    assert "Publish this report" not in text
    for title in ("Contacts and outcomes by race and ethnicity", "Who set the contact going, by kind of contact"):
        assert title in text


def test_the_json_is_the_exact_frozen_text_and_its_checksum_is_on_the_page():
    one = published()
    served = Client().get("/reports/2026-spring.json")
    assert served.content == one.body.encode()
    assert served["Content-Type"] == "application/json"
    assert hashlib.sha256(served.content).hexdigest() in Client().get("/reports/2026-spring/").content.decode()


def test_no_hidden_figure_is_in_the_page_the_csv_or_the_json():
    published()
    client = Client()
    data = json.loads(client.get("/reports/2026-spring.json").content)
    pages = page_tables(client)
    hidden = 0
    for table in data["tables"]:
        true = true_counts(table)
        rows = list(csv.DictReader(io.StringIO(client.get(f"/reports/2026-spring/{table['id']}.csv").content.decode())))
        grid = pages.pop(0)
        rated = any(row["per_1000"] for row in table["rows"])
        if rated and any(isinstance(rate, float) for row in table["rows"] for rate in row["per_1000"].values()):
            rates = pages.pop(0)
            assert len(rates) == len(grid)
        for i, row in enumerate(table["rows"]):
            printed_cells = grid[i + 1][2 if rated else 1 :]
            for column, cell in zip(table["columns"], printed_cells, strict=True):
                count = true[row["id"], column["id"]]
                plain, filed = row["cells"][column["id"]], rows[i][column["id"]]
                if plain == "*":
                    hidden += 1
                    assert (cell, filed) == ("*hidden", "*")
                    assert row["per_1000"].get(column["id"]) in ("*", None)
                else:
                    assert (plain, int(cell.replace(",", "")), int(filed)) == (count, count, count)
                    assert not 1 <= count <= data["method"]["threshold"]
    assert not pages
    assert hidden > 20, "the district of this test has small figures"


def test_the_sentences_at_the_top_hide_what_the_tables_hide():
    published(count=120)
    data = json.loads(Client().get("/reports/2026-spring.json").content)
    totals = {c["label"]: data["tables"][0]["rows"][-1]["cells"][c["id"]] for c in data["tables"][0]["columns"]}
    assert "*" in totals.values()
    tree = LexborHTMLParser(Client().get("/reports/2026-spring/").content.decode())
    facts = tree.css_first("dl.figures")
    shown = [node.text().strip() for node in facts.css("dd")][2:]
    assert shown == ["*hidden" if value == "*" else str(value) for value in totals.values()]


def test_the_attack_on_the_published_bytes_recovers_nothing():
    published()
    data = json.loads(Client().get("/reports/2026-spring.json").content)
    recovered = attack.attack(data)
    assert len(recovered) > 20
    assert min(one.width for one in recovered) >= data["method"]["width"]
    assert attack.verify(data).safe


@pytest.mark.parametrize("url", FILES)
def test_a_draft_is_not_there_for_the_public_exactly_like_one_that_is_missing(url):
    draft(count=100)
    for client in (Client(), signed_in(account("Pat", Role.PRINCIPAL, schools()[0]))):
        there = client.get(url)
        missing = client.get(url.replace("2026-spring", "2024-spring"))
        assert (there.status_code, missing.status_code) == (404, 404)
        assert bare(there) == bare(missing)


def bare(response) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.replace("2026-spring", "?").replace("2024-spring", "?")


@pytest.mark.parametrize("url", FILES)
def test_whoever_may_read_drafts_reads_them_marked_as_such(url):
    draft(count=100)
    for user in (eve(), carol()):
        response = signed_in(user).get(url)
        assert response.status_code == 200
    assert "Draft, not published" in signed_in(carol()).get(FILES[0]).content.decode()


def test_the_list_shows_drafts_with_what_stops_them_only_to_those_who_may_read_them():
    draft(count=100)
    assert "Drafts, not published" not in Client().get("/reports/").content.decode()
    assert "You drafted this report" in signed_in(eve()).get("/reports/").content.decode()
    assert "you can publish it" in signed_in(carol()).get("/reports/").content.decode()


def test_with_nothing_published_the_list_says_what_comes_next():
    assert "No report is published yet." in Client().get("/reports/").content.decode()
    assert "/reports/draft/" in signed_in(eve()).get("/reports/").content.decode()


def test_the_newest_is_first_and_a_late_report_shows_the_days(time_machine):
    published(FALL, count=100)
    published(SPRING, count=100)
    listed = Client().get("/reports/").content.decode()
    assert listed.index("/reports/2026-spring/") < listed.index("/reports/2025-fall/")
    time_machine.move_to("2027-03-11T20:00:00+00:00", tick=False)
    assert "10 days ago" in Client().get("/reports/").content.decode()


@pytest.mark.parametrize("url", ["/reports/2026-spring/grades.csv", "/reports/nothing/", "/reports/nothing.json"])
def test_what_is_not_there_is_not_found(url):
    published(count=100)
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("url", ["/reports/", *FILES])
def test_reading_is_by_get_only(url):
    published(count=100)
    assert Client().post(url).status_code == 405


def test_the_same_page_twice_is_the_same_page():
    published(count=100)
    assert bare(Client().get(FILES[0])) == bare(Client().get(FILES[0]))


def test_a_report_costs_one_question_and_the_list_the_same_for_one_and_for_two(django_assert_num_queries):
    published(FALL, count=100)
    with django_assert_num_queries(1):
        Client().get("/reports/2025-fall/")
    with django_assert_num_queries(2):
        Client().get("/reports/")
    published(SPRING, count=100)
    with django_assert_num_queries(2):
        Client().get("/reports/")


def test_labels_are_said_in_the_readers_language():
    published(count=100)
    client = Client()
    client.cookies["django_language"] = "es"
    assert '<html lang="es">' in client.get(FILES[0]).content.decode()
    assert Edition.objects.get().body.encode() == client.get(FILES[1]).content
