"""TLS with a certificate of its own making: batches over https with the client, HTTP/2, renewal, and a
company's tokens (JWT) with a key of its own making."""

import base64
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from expect import equal
from service import ROOT, Service, draw_sample, free_port

sys.path.insert(0, str(ROOT / "app/src/main/resources/clients"))
import captionary  # noqa: E402

ISSUER = "https://id.example.com"


def openssl(*arguments, **options):
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def make_certificate(folder, name):
    """A certificate for 127.0.0.1 and its key, both in PEM."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subject = ["-subj", "/CN=captionary", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    openssl("req", "-x509", *curve, *subject, "-keyout", key, "-out", certificate)
    return certificate, key


class TlsService(Service):
    """Answers by TLS alone."""

    def __init__(self, data_dir, roots, certificate, key, **environment):
        super().__init__(
            data_dir,
            roots,
            QUARKUS_HTTP_SSL_PORT=str(free_port()),
            QUARKUS_HTTP_SSL_CERTIFICATE_FILES=str(certificate),
            QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=str(key),
            QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD="30s",
            QUARKUS_HTTP_INSECURE_REQUESTS="disabled",
            **environment,
        )
        self.plain = self.url
        self.url = f"https://127.0.0.1:{self.environment['QUARKUS_HTTP_SSL_PORT']}"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def company_token(key, **claims):
    """A JSON Web Token, signed as an identity provider does."""
    now = int(time.time())
    whole = {"iss": ISSUER, "aud": "captionary", "sub": "alice", "iat": now, "exp": now + 300}
    parts = {"alg": "RS256", "typ": "JWT"}, {**whole, **claims}
    content = b".".join(encoded(json.dumps(part).encode()) for part in parts)
    signature = openssl("dgst", "-sha256", "-sign", key, input=content)
    return (content + b"." + encoded(signature)).decode()


def check_batches(service, preparation, certificate):
    client = captionary.Client(service.url, token=service.token)
    batches = captionary.Batches(client, preparation, size=32, photo="none")
    over_tls = [batch["sequences"] for batch in batches]
    equal("batches over https", len(over_tls) > 5, True)
    path = f"{service.url}/api/preparations/{preparation}/batches/0.npz?photo=none"
    with urllib.request.urlopen(
        urllib.request.Request(path, headers={"Authorization": f"Bearer {service.token}"})
    ) as answer:
        body = answer.read()
        equal("held to TLS", answer.headers["Strict-Transport-Security"], "max-age=31536000")
    if shutil.which("curl"):
        # Twice on one connection.
        files = [service.data_dir / name for name in ("first", "second")]
        command = ["curl", "-sSf", "--http2", "--cacert", certificate, "-w", "%{http_version}"]
        command += ["-H", f"Authorization: Bearer {service.token}"]
        for file in files:
            command += ["-o", file, path]
        version = subprocess.run(command, check=True, capture_output=True).stdout
        equal("versions of HTTP", version, b"22")
        equal("over HTTP/2", [file.read_bytes() == body for file in files], [True, True])
    return len(over_tls)


def check_refusals(service):
    try:
        urllib.request.urlopen(service.plain + "/q/health/live")
        raise SystemExit("it answers without TLS")
    except (urllib.error.URLError, ConnectionError):
        pass
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.load_verify_locations(os.environ["STRANGER"])
    try:
        urllib.request.urlopen(service.url + "/q/health/live", context=stranger)
        raise SystemExit("a client that does not trust the certificate goes on")
    except urllib.error.URLError as error:
        equal("reason", isinstance(error.reason, ssl.SSLCertVerificationError), True)


def check_company(service, key, other):
    for role, expected in (("captionary-admin", 200), ("captionary-trainer", 403), ("guest", 401)):
        equal(role, service.status("/api/admin/jobs", company_token(key, roles=[role])), expected)
    trainer = company_token(key, roles=["captionary-trainer"])
    equal("trainer", service.status("/api/token", trainer), 200)
    roles = {"roles": ["captionary-admin"]}
    for what, wrong in (
        ("another key", company_token(other, **roles)),
        ("another issuer", company_token(key, iss="https://evil.example.com", **roles)),
        ("another audience", company_token(key, aud="billing", **roles)),
        ("an expired one", company_token(key, exp=int(time.time()) - 60, **roles)),
        ("one without a signature", company_token(key, **roles).rsplit(".", 1)[0] + "."),
    ):
        equal(what, service.status("/api/token", wrong), 401)


def check_renewal(service, scratch, certificate, key):
    """A new certificate in the place of the old one is shown without a restart."""
    address = "127.0.0.1", int(service.environment["QUARKUS_HTTP_SSL_PORT"])
    old = ssl.get_server_certificate(address)
    renewed, new_key = make_certificate(scratch, "renewed")
    shutil.copy(new_key, key)
    shutil.copy(renewed, certificate)
    deadline = time.monotonic() + 90
    while ssl.get_server_certificate(address) == old:
        if time.monotonic() > deadline:
            raise SystemExit("a renewed certificate is not shown")
        time.sleep(1)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        certificate, key = make_certificate(scratch, "server")
        os.environ["STRANGER"] = str(make_certificate(scratch, "stranger")[0])
        os.environ["SSL_CERT_FILE"] = str(certificate)
        signing, other = scratch / "idp.key", scratch / "other.key"
        for file in (signing, other):
            openssl("genrsa", "-out", file, "2048")
        openssl("rsa", "-in", signing, "-pubout", "-out", scratch / "idp.pem")
        company = {
            "CAPTIONARY_JWT_ISSUER": ISSUER,
            "CAPTIONARY_JWT_AUDIENCE": "captionary",
            "CAPTIONARY_JWT_KEY": str(scratch / "idp.pem"),
        }
        sample = draw_sample(scratch, 24)
        with TlsService(scratch / "data", [scratch], certificate, key, **company) as service:
            service.register("sample", sample / "Flicker8k_Dataset", sample / "Flickr8k_text")
            recipe = {"captions": "all", "features": "none"}
            preparation = service.prepare("sample", recipe)["id"]
            pulled = check_batches(service, preparation, certificate)
            check_refusals(service)
            check_company(service, signing, other)
            check_renewal(service, scratch, certificate, key)
        print(f"{pulled} batches over https; nothing without TLS; tokens of a company checked; renewed")


main()
