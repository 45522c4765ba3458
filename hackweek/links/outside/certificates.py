"""Which certificates are trusted, what is wrong with one, and when it expires."""

import datetime
import os
import ssl

import certifi
import httpx

_WRONG = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by itself",
    19: "is signed by nobody who is trusted",
    20: "is signed by nobody who is trusted",
    21: "is signed by nobody who is trusted",
    23: "was revoked",
    62: "is for another host",
    64: "is for another host",
}
"""By OpenSSL's number: https://docs.openssl.org/master/man1/openssl-verification-options/"""


def trusting_context() -> ssl.SSLContext:
    """Trusts what the system trusts and what browsers trust.

    Where `SSL_CERT_FILE` or `SSL_CERT_DIR` names certificates, only those.
    """
    context = ssl.create_default_context()
    if not os.environ.get("SSL_CERT_FILE") and not os.environ.get("SSL_CERT_DIR"):
        context.load_verify_locations(certifi.where())
    return context


def certificate_fault(error: BaseException) -> str | None:
    """What is wrong with the certificate that led to an error; None if it was something else."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _WRONG.get(cause.verify_code, "is not valid")
        cause = cause.__cause__ or cause.__context__
    return None


def expiry(response: httpx.Response) -> datetime.datetime | None:
    """When the certificate of whoever answered expires, in UTC; None without one."""
    stream = response.extensions.get("network_stream")
    secured = stream.get_extra_info("ssl_object") if stream else None
    certificate = secured.getpeercert() if secured else None
    if not certificate:
        return None
    seconds = ssl.cert_time_to_seconds(certificate["notAfter"])
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
