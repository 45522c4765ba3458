"""Certificates of outside hosts: wrong ones, and those that are about to expire."""

import datetime
import socket
import ssl

import pytest
import trustme

from hackweek.links.outside.crawl import Crawl, FirstLook
from hackweek.links.outside.judge import Options, judge, utc_now
from hostile_server import AsHost, to


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """Who signs certificates, and is trusted."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def secured(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def verdict(url, **options):
    [found] = judge([url], Options(contact="a@example.org", **options)).verdicts.values()
    return f"{found.outcome}: {found.reason}"


def days(number):
    return utc_now() + datetime.timedelta(days=number)


def test_a_good_certificate_is_not_worth_a_word(authority):
    certificate = authority.issue_cert("127.0.0.1", not_after=days(15))
    with AsHost(secured=secured(certificate)) as host:
        assert verdict(f"{host.url}/ok") == "ok: answers 200 OK"


@pytest.mark.parametrize("left", [13, 1])
def test_a_certificate_about_to_expire_is_a_warning_with_its_day(authority, left):
    end = days(left)
    certificate = authority.issue_cert("127.0.0.1", not_after=end)
    with AsHost(secured=secured(certificate)) as host:
        expected = f'warn: the certificate of "127.0.0.1" expires on {end:%Y-%m-%d}'
        assert verdict(f"{host.url}/ok") == expected


def test_a_certificate_about_to_expire_is_seen_where_linkchecker_finds_nothing_wrong(authority):
    end = days(3)
    with AsHost(secured=secured(authority.issue_cert("127.0.0.1", not_after=end))) as host:
        urls = [f"{host.url}/ok", f"{host.url}/pdf"]
        fine = Crawl(looks=dict.fromkeys(urls, FirstLook(valid=True, result="200 OK")))
        options = Options(contact="a@example.org", first_look=lambda _wanted: fine)
        found = judge(urls, options).verdicts
    assert {url: found[url].reason for url in urls} == {
        urls[0]: f'the certificate of "127.0.0.1" expires on {end:%Y-%m-%d}',
        urls[1]: "answers 200 OK",
    }


def test_an_expired_certificate_is_broken(authority):
    certificate = authority.issue_cert("127.0.0.1", not_before=days(-9), not_after=days(-1))
    with AsHost(secured=secured(certificate)) as host:
        expected = 'broken: the certificate of "127.0.0.1" has expired'
        assert verdict(f"{host.url}/ok") == expected


def test_a_certificate_that_is_not_valid_yet_is_broken(authority):
    certificate = authority.issue_cert("127.0.0.1", not_before=days(1), not_after=days(9))
    with AsHost(secured=secured(certificate)) as host:
        expected = 'broken: the certificate of "127.0.0.1" is not valid yet'
        assert verdict(f"{host.url}/ok") == expected


@pytest.mark.parametrize("other", ["127.0.0.9", "elsewhere.test"])
def test_a_certificate_for_another_host_is_broken(authority, other):
    with AsHost(secured=secured(authority.issue_cert(other))) as host:
        expected = 'broken: the certificate of "127.0.0.1" is for another host'
        assert verdict(f"{host.url}/ok") == expected


@pytest.mark.usefixtures("authority")
def test_a_certificate_by_somebody_unknown_is_broken():
    certificate = trustme.CA().issue_cert("127.0.0.1")
    with AsHost(secured=secured(certificate)) as host:
        expected = 'broken: the certificate of "127.0.0.1" is signed by nobody who is trusted'
        assert verdict(f"{host.url}/ok") == expected


@pytest.mark.usefixtures("authority")
def test_a_certificate_that_signs_itself_is_broken(tmp_path):
    alone = trustme.CA()
    (tmp_path / "alone.pem").write_bytes(alone.private_key_pem.bytes() + alone.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "alone.pem")
    with AsHost(secured=context) as host:
        expected = 'broken: the certificate of "127.0.0.1" is signed by itself'
        assert verdict(f"{host.url}/ok") == expected


def test_a_server_without_encryption_behind_https_is_broken():
    with AsHost() as host:
        expected = "broken: no secure connection can be made"
        assert verdict(f"https://127.0.0.1:{host.port}/ok") == expected


def test_a_move_to_https_is_for_good(authority):
    with AsHost(secured=secured(authority.issue_cert("127.0.0.1"))) as safe, AsHost() as plain:
        plain.paths = {"/ok": to(f"{safe.url}/ok", 301)}
        expected = f'warn: moved for good to "{safe.url}/ok"'
        assert verdict(f"{plain.url}/ok") == expected


def test_a_redirect_to_a_wrong_certificate_is_broken(authority):
    certificate = authority.issue_cert("elsewhere.test")
    with AsHost(secured=secured(certificate)) as wrong, AsHost() as plain:
        plain.paths = {"/ok": to(f"{wrong.url}/ok")}
        expected = 'broken: the certificate of "127.0.0.1" is for another host'
        assert verdict(f"{plain.url}/ok") == expected


def test_a_host_that_never_greets_is_waited_for_no_longer_than_the_limit(authority):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}/"
        assert verdict(url).startswith("warn: no answer within ")
