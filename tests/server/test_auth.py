"""Who may ask: the whole matrix of missing, bad, expired and foreign credentials."""

import base64
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from server.service_fake import FakeAssistant
from server.service_running import open_client, running
from wardbook.errors import SettingsError
from wardbook.server import audit, keys, oidc
from wardbook.server.app import create_app
from wardbook.server.auth import COOKIE, is_loopback
from wardbook.server.settings import ServerSettings, load_settings

ISSUER, AUDIENCE = "https://id.example", "wardbook"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP384R1())


def key_set() -> str:
    rsa_key = json.loads(RSAAlgorithm.to_jwk(RSA.public_key())) | {"kid": "one", "alg": "RS256", "use": "sig"}
    ec_key = json.loads(ECAlgorithm.to_jwk(EC.public_key())) | {"kid": "two", "alg": "ES384", "use": "sig"}
    return json.dumps({"keys": [rsa_key, ec_key]})


@pytest.fixture
def closed(tmp_path: Path) -> ServerSettings:
    jwks = tmp_path / "jwks.json"
    jwks.write_text(key_set())
    return ServerSettings(
        state_dir=tmp_path / "state",
        auth="required",
        requests_per_minute=100_000,
        failed_sign_ins_per_minute=100_000,
        oidc_issuer=ISSUER,
        oidc_audience=AUDIENCE,
        oidc_jwks=str(jwks),
    )


@pytest.fixture
def guarded(fake: FakeAssistant, closed: ServerSettings) -> Iterator[TestClient]:
    with open_client(fake, closed) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def token(key: Any = RSA, alg: str = "RS256", kid: object = "one", drop: tuple[str, ...] = (), **claims: object) -> str:
    now = int(time.time())
    body = {"iss": ISSUER, "aud": AUDIENCE, "exp": now + 7200, "iat": now, "sub": "doctor"} | claims
    body = {name: value for name, value in body.items() if name not in drop}
    return jwt.encode(body, key, alg, headers={"kid": kid} if kid is not None else {})


def forged(header: dict[str, object], body: dict[str, object] | None = None, signature: bytes = b"") -> str:
    claims = body or {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 7200, "sub": "doctor"}
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def test_loopback_is_open_and_everything_else_refuses_to_start_without_authentication(
    fake: FakeAssistant, settings: ServerSettings
) -> None:
    create_app(fake, settings, "127.0.0.1")
    for host in ("0.0.0.0", "::", "192.168.1.5", "ward.example"):
        with pytest.raises(SettingsError, match="without authentication"):
            create_app(fake, settings, host)
    keys.add(settings, "nurse")
    create_app(fake, settings, "0.0.0.0")


def test_revoked_and_expired_keys_do_not_count_as_authentication(fake: FakeAssistant, settings: ServerSettings) -> None:
    key = keys.add(settings, "nurse")
    assert keys.revoke(settings, key)
    with pytest.raises(SettingsError, match="without authentication"):
        create_app(fake, settings, "0.0.0.0")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_loopback_addresses(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("good", [token(), token(EC, "ES384", "two"), token(aud=["other", AUDIENCE])])
def test_good_tokens_are_accepted(guarded: TestClient, good: str) -> None:
    assert guarded.get("/v1/sessions", headers=bearer(good)).status_code == 200


def bad_tokens() -> dict[str, str]:
    now = int(time.time())
    return {
        "empty": "",
        "words": "let me in",
        "expired": token(exp=now - 60),
        "no expiry": token(drop=("exp",)),
        "expiry as words": forged({"alg": "RS256", "kid": "one"}, {"exp": "tomorrow"}),
        "not yet": token(nbf=now + 600),
        "other audience": token(aud="other"),
        "no audience": token(drop=("aud",)),
        "other issuer": token(iss="https://id.example.evil"),
        "no issuer": token(drop=("iss",)),
        "issuer with slash": token(iss=ISSUER + "/"),
        "no subject": token(drop=("sub",)),
        "empty subject": token(sub=""),
        "subject of two lines": token(sub="doctor\nroot"),
        "subject with a zero byte": token(sub="doctor\x00"),
        "subject as number": token(sub=7),
        "other key": token(OTHER),
        "unknown kid": token(kid="three"),
        "no kid": token(kid=None),
        "kid of the other key": token(kid="two"),
        "kid as path": token(kid="../../../../etc/passwd"),
        "kid as query": token(kid="' OR 1=1 --"),
        "none": forged({"alg": "none", "kid": "one"}),
        "None": forged({"alg": "None", "kid": "one"}),
        "no algorithm": forged({"kid": "one"}),
        "hs256 over the public key": forged({"alg": "HS256", "kid": "one"}, signature=b"x" * 32),
        "hs256": jwt.encode({"iss": ISSUER, "aud": AUDIENCE, "exp": now + 7200, "sub": "doctor"}, "k" * 64, "HS256"),
        "rs512": token(alg="RS512"),
        "ps256": token(alg="PS256"),
        "rs384 with an rs256 key": token(alg="RS384"),
        "jku": jwt.encode(
            {"iss": ISSUER, "aud": AUDIENCE, "exp": now + 7200, "sub": "d"},
            OTHER,
            "RS256",
            headers={"kid": "x", "jku": "https://evil.example/jwks"},
        ),
        "jwk in header": jwt.encode(
            {"iss": ISSUER, "aud": AUDIENCE, "exp": now + 7200, "sub": "d"},
            OTHER,
            "RS256",
            headers={"kid": "one", "jwk": json.loads(RSAAlgorithm.to_jwk(OTHER.public_key()))},
        ),
        "changed body": ".".join([token().split(".")[0], forged({"a": 1}).split(".")[1], token().split(".")[2]]),
        "no signature": token().rpartition(".")[0] + ".",
        "two parts": token().rpartition(".")[0],
        "five parts": token() + ".a.b",
        "deep json": forged({"alg": "RS256", "kid": "one", "a": [[[[]]]]}),
        "long": "a" * 20_000,
        "key without secret": "wb_0123456789ab_",
        "unknown key": "wb_0123456789ab_" + "A" * 43,
    }


@pytest.mark.parametrize("name", sorted(bad_tokens()))
def test_bad_tokens_are_refused(guarded: TestClient, name: str) -> None:
    response = guarded.get("/v1/sessions", headers=bearer(bad_tokens()[name]))
    assert response.status_code == 401, name
    assert response.headers["www-authenticate"].startswith("Bearer")


_NONE = "00000000-0000-4000-8000-000000000000"
ADDRESSES = [
    ("POST", "/v1/ask"), ("POST", "/v1/ask/stream"), ("POST", "/v1/search"), ("GET", "/v1/regimens"),
    ("POST", "/v1/dose"), ("POST", "/v1/check"), ("GET", "/v1/pages"), ("GET", "/v1/pages/rash"),
    ("GET", "/v1/sessions"), ("POST", "/v1/sessions"), ("GET", f"/v1/sessions/{_NONE}"),
    ("DELETE", f"/v1/sessions/{_NONE}"), ("POST", f"/v1/answers/{_NONE}/feedback"), ("GET", "/metrics"),
    ("GET", "/v1/info"), ("POST", "/ask/stream"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_no_address_answers_without_credentials(guarded: TestClient, method: str, address: str) -> None:
    body = {"question": "q", "query": "q", "drug": "d", "amount": "1 mg", "verdict": "helpful"}
    for headers in ({}, bearer("nonsense"), {"Authorization": "Basic YTpi"}, {"Cookie": f"{COOKIE}=nonsense"}):
        response = guarded.request(method, address, headers=headers, json=body if method == "POST" else None)
        assert response.status_code == 401


@pytest.mark.parametrize("address", ["/", "/pages", "/pages/rash", "/c/00000000-0000-4000-8000-000000000000"])
def test_pages_lead_to_the_sign_in(guarded: TestClient, address: str) -> None:
    response = guarded.get(address, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in")


def test_health_needs_no_credentials_and_tells_no_versions(guarded: TestClient) -> None:
    for address in ("/healthz", "/readyz"):
        response = guarded.get(address)
        assert response.status_code == 200
        assert set(response.json()) == {"status"}


def test_a_key_works_until_it_is_revoked(guarded: TestClient, closed: ServerSettings) -> None:
    key = keys.add(closed, "nurse")
    assert guarded.get("/v1/sessions", headers=bearer(key)).status_code == 200
    assert guarded.get("/v1/sessions", headers=bearer(key[:-1] + ("A" if key[-1] != "A" else "B"))).status_code == 401
    assert keys.revoke(closed, keys.listed(closed)[0].id)
    assert guarded.get("/v1/sessions", headers=bearer(key)).status_code == 401


def test_a_key_ends_with_its_life(guarded: TestClient, closed: ServerSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_in", lambda days: "2020-01-01T00:00:00.000000Z")
    key = keys.add(closed, "nurse", days=1)
    assert guarded.get("/v1/sessions", headers=bearer(key)).status_code == 401


def test_keys_are_not_kept(closed: ServerSettings) -> None:
    secret = keys.add(closed, "nurse").removeprefix(keys.PREFIX).partition("_")[2]
    kept = b"".join(path.read_bytes() for path in closed.state_dir.iterdir())
    assert secret.encode() not in kept


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "x" * 101, "<b>"])
def test_names_of_users_are_plain(closed: ServerSettings, name: str) -> None:
    with pytest.raises(SettingsError, match="name"):
        keys.add(closed, name)


def test_users_see_only_their_own(guarded: TestClient, closed: ServerSettings) -> None:
    mine, theirs = bearer(keys.add(closed, "mine")), bearer(keys.add(closed, "theirs"))
    session = guarded.post("/v1/sessions", headers=mine).json()["id"]
    answer = guarded.post("/v1/ask", headers=mine, json={"question": "rash?", "session_id": session}).json()[
        "answer_id"
    ]
    assert guarded.get(f"/v1/sessions/{session}", headers=theirs).status_code == 404
    assert guarded.delete(f"/v1/sessions/{session}", headers=theirs).status_code == 404
    assert guarded.post("/v1/ask", headers=theirs, json={"question": "why?", "session_id": session}).status_code == 404
    assert guarded.post(f"/v1/answers/{answer}/feedback", headers=theirs, json={"verdict": "wrong"}).status_code == 404
    assert guarded.get(f"/c/{session}", headers=theirs).status_code == 404
    own = guarded.post("/v1/sessions", headers=theirs).json()["id"]
    undo = {"question": "why?", "session_id": own, "undo": answer}
    assert guarded.post("/v1/ask", headers=theirs, json=undo).status_code == 404
    assert [row["id"] for row in guarded.get("/v1/sessions", headers=theirs).json()] == [own]
    assert len(guarded.get(f"/v1/sessions/{session}", headers=mine).json()["turns"]) == 1


def twenty_users(fake: FakeAssistant, closed: ServerSettings, turns: int) -> None:
    """Twenty users ask and look back at once; each sees what they asked, and nothing else."""
    users = [bearer(keys.add(closed, f"user{n}")) for n in range(20)]

    def one(n: int) -> None:
        with httpx.Client(base_url=address, headers=users[n], timeout=60) as client:
            session = client.post("/v1/sessions").json()["id"]
            for turn in range(turns):
                body = {"question": f"rash {n} {turn}", "session_id": session}
                path = ("/v1/ask", "/v1/ask/stream")[turn % 2]
                assert f'"rash {n} {turn}"' in client.post(path, json=body).text.replace('": "', '":"')
            seen = client.get(f"/v1/sessions/{session}").json()["turns"]
            assert [each["answer"]["question"] for each in seen] == [f"rash {n} {turn}" for turn in range(turns)]
            assert [row["id"] for row in client.get("/v1/sessions").json()] == [session]

    with running(create_app(fake, closed.model_copy(update={"queue": 100}))) as address, ThreadPoolExecutor(20) as pool:
        list(pool.map(one, range(20)))
    asked = [event for event in audit.export(closed) if event["action"] == "ask"]
    assert len(asked) == 20 * turns
    assert all(len({event["user"] for event in asked if event["detail"]["session"] == one}) == 1
               for one in {event["detail"]["session"] for event in asked})  # fmt: skip


def test_twenty_users_at_once_never_cross(fake: FakeAssistant, closed: ServerSettings) -> None:
    twenty_users(fake, closed, 6)


@pytest.mark.long
def test_a_thousand_questions_of_twenty_users_never_cross(fake: FakeAssistant, closed: ServerSettings) -> None:
    twenty_users(fake, closed, 50)


def test_a_browser_signs_in_and_out(guarded: TestClient, closed: ServerSettings) -> None:
    key = keys.add(closed, "nurse")
    assert guarded.post("/sign-in", data={"key": "nonsense"}).status_code == 401
    response = guarded.post("/sign-in", data={"key": key}, follow_redirects=False)
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert key not in cookie
    assert "nurse" in guarded.get("/").text
    assert guarded.post("/ask/stream", json={"question": "rash?"}).status_code == 200
    value = guarded.cookies[COOKIE]
    guarded.post("/sign-out")
    assert guarded.get("/", headers={"Cookie": f"{COOKIE}={value}"}, follow_redirects=False).status_code == 303


def test_a_sign_in_ends_with_its_key(guarded: TestClient, closed: ServerSettings) -> None:
    key = keys.add(closed, "nurse")
    guarded.post("/sign-in", data={"key": key})
    assert guarded.get("/v1/sessions").status_code == 200
    keys.revoke(closed, key)
    assert guarded.get("/v1/sessions").status_code == 401


def test_other_sites_cannot_send_for_a_browser(client: TestClient) -> None:
    body = {"question": "rash?"}
    assert client.post("/v1/ask", json=body, headers={"Origin": "http://127.0.0.1"}).status_code == 200
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/v1/ask", json=body, headers=headers).status_code == 403


def test_an_open_service_answers_for_loopback_names_only_and_never_behind_a_proxy(client: TestClient) -> None:
    assert client.get("/v1/pages", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/v1/pages", headers={"Host": "localhost:8000"}).status_code == 200
    assert client.get("/v1/pages", headers={"X-Forwarded-For": "1.2.3.4"}).status_code == 403


def test_bad_credentials_are_limited(fake: FakeAssistant, closed: ServerSettings) -> None:
    few = closed.model_copy(update={"failed_sign_ins_per_minute": 3})
    with open_client(fake, few) as client:
        got = [client.get("/v1/sessions", headers=bearer("nonsense")).status_code for _ in range(5)]
    assert got == [401, 401, 401, 429, 429]


@pytest.mark.parametrize(
    "values",
    [
        {"oidc_issuer": "https://id.example"},
        {"oidc_issuer": "i", "oidc_audience": "a", "oidc_jwks": "http://id.example/jwks"},
        {"queue": -1},
        {"nonsense": 1},
        {"tls_cert": "a.pem"},
    ],
)
def test_settings_that_make_no_sense_fail_at_load(values: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        load_settings(**values)


def test_a_misspelt_setting_in_the_environment_fails_at_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDBOOK_SERVER_QUEUE", "7")
    assert load_settings().queue == 7
    monkeypatch.setenv("WARDBOOK_SERVER_QEUE", "7")
    with pytest.raises(SettingsError, match="WARDBOOK_SERVER_QEUE"):
        load_settings()


def test_new_keys_of_the_issuer_are_taken_up_and_old_ones_end(
    guarded: TestClient, closed: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guarded.get("/v1/sessions", headers=bearer(token())).status_code == 200
    fresh = json.loads(RSAAlgorithm.to_jwk(OTHER.public_key())) | {"kid": "three", "alg": "RS256", "use": "sig"}
    Path(closed.oidc_jwks).write_text(json.dumps({"keys": [fresh]}))
    assert guarded.get("/v1/sessions", headers=bearer(token(OTHER, kid="three"))).status_code == 401
    monkeypatch.setattr(oidc, "_ASK_AGAIN_S", -1.0)
    assert guarded.get("/v1/sessions", headers=bearer(token(OTHER, kid="three"))).status_code == 200
    assert guarded.get("/v1/sessions", headers=bearer(token())).status_code == 401
    Path(closed.oidc_jwks).unlink()
    assert guarded.get("/v1/sessions", headers=bearer(token(OTHER, kid="four"))).status_code == 401
    assert guarded.get("/v1/sessions", headers=bearer(token(OTHER, kid="three"))).status_code == 200


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}]}']
)
def test_a_key_set_without_usable_keys_fails_at_start(
    fake: FakeAssistant, closed: ServerSettings, content: str
) -> None:
    Path(closed.oidc_jwks).write_text(content)
    with pytest.raises(SettingsError, match="oidc_jwks"):
        create_app(fake, closed)
