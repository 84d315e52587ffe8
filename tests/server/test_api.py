"""The OpenAPI document, and whatever it allows to be sent."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzz
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from server.service_fake import FakeAssistant
from wardbook.server.app import create_app
from wardbook.server.logs import configure
from wardbook.server.settings import ServerSettings

load_all_checks()
_CHECKS = CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)


@pytest.fixture(scope="module")
def open_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    hosts = ("127.0.0.1", "localhost", "testserver")
    folder = tmp_path_factory.mktemp("api")
    settings = ServerSettings(state_dir=folder, requests_per_minute=10_000_000, queue=1000, allowed_hosts=hosts)
    configure("error")
    app = create_app(FakeAssistant(), settings)
    with TestClient(app, base_url="http://127.0.0.1"):
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


def send_whatever(open_api: Any, examples: int) -> int:
    """Send generated requests, fitting and not fitting, to every operation; give how many."""
    sent = 0
    for result in open_api.get_all_operations():
        for mode in GenerationMode:

            @fuzz(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(case=result.ok().as_strategy(generation_mode=mode))
            def send(case: Any) -> None:
                nonlocal sent
                sent += 1
                case.call_and_validate(checks=_CHECKS)

            with contextlib.suppress(Unsatisfiable):  # an operation without input has nothing that does not fit
                send()
    return sent


def test_whatever_is_sent_nothing_breaks_and_nothing_undocumented_comes(open_api: Any) -> None:
    assert send_whatever(open_api, 8) > 100


@pytest.mark.long
def test_whatever_is_sent_for_longer(open_api: Any) -> None:
    assert send_whatever(open_api, 250) >= 2000


def test_every_address_of_the_contract_is_documented_with_an_example(client: TestClient) -> None:
    api = client.get("/openapi.json").json()
    for method, address in [
        ("post", "/v1/ask"), ("post", "/v1/ask/stream"), ("post", "/v1/search"), ("get", "/v1/regimens"),
        ("post", "/v1/dose"), ("post", "/v1/check"), ("get", "/v1/pages"), ("get", "/v1/pages/{page}"),
        ("get", "/v1/sessions"), ("post", "/v1/sessions"), ("get", "/v1/sessions/{session_id}"),
        ("delete", "/v1/sessions/{session_id}"), ("get", "/healthz"), ("get", "/readyz"), ("get", "/metrics"),
    ]:  # fmt: skip
        assert method in api["paths"][address], address
    for name in ("AskIn", "SearchIn", "DoseIn", "CheckIn", "FeedbackIn"):
        assert api["components"]["schemas"][name]["examples"]


def test_the_documentation_is_readable_without_any_other_host(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "POST /v1/ask" in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "https://" not in page


def test_security_headers_stand_on_everything(client: TestClient) -> None:
    for address in ("/", "/v1/pages", "/pages/rash", "/static/wardbook.js", "/nowhere", "/docs", "/healthz"):
        headers = client.get(address).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
            "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_two_hundred_hostile_strings_in_every_field_break_nothing(client: TestClient) -> None:
    marks = "' \" -- ; \\ % _ \x00 \x1a NEAR( a:b * ^ ( ) OR \u202e".split(" ")
    strings = [f"{a}{b} rash {b}{a}" for a in marks for b in marks][:200]
    assert len(strings) == 200
    for words in strings:
        for address, body in [
            ("/v1/ask", {"question": words}),
            ("/v1/search", {"query": words}),
            ("/v1/dose", {"drug": words, "for": words}),
            ("/v1/sessions", {"title": words}),
        ]:
            assert client.post(address, json=body).status_code < 500
