"""What the tests of teachers need: a certificate made on the spot."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.teachers.certificates import Certificate


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """A certificate for localhost that signs itself."""
    if shutil.which("openssl") is None:
        pytest.skip("this machine has no openssl to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    cert.write_bytes(key.read_bytes() + cert.read_bytes())
    return Certificate(cert)
