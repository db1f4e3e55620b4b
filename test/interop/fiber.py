"""Calls a miner as a validator after a Fiber handshake does, honestly and not; prints what came back as one JSON line.

The handshake is written here from the description in docs/protocols.md: no package of it is published. Seals, RSA and
signatures are those of `cryptography` and `bittensor_wallet`, which share no code with the miner.
"""

import json
import sys
import time
import urllib.error
import urllib.request
import uuid

from bittensor_wallet import Keypair
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

URL = sys.argv[1]
OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
CHALLENGE = {
    "messages": [{"role": "user", "content": "Hello"}],
    "model": "any",
    "max_tokens": 8,
    "temperature": 0.0,
    "top_p": 1.0,
    "metadata": {"correlation_id": "x"},
}


def call(path, body=None, headers=None):
    method = "GET" if body is None else "POST"
    request = urllib.request.Request(URL + path, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, dict(reply.headers), reply.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def public_key(pem=None):
    pem = pem or json.loads(call("/fiber/public-key")[2])["public_key"]
    return serialization.load_pem_public_key(pem.encode())


def offer(keypair, rsa, **change):
    """A handshake as it is sent, and the key that it offers."""
    key = Fernet.generate_key()
    at, nonce = change.pop("timestamp", time.time()), str(uuid.uuid4())
    signed = f"{at}.{nonce}.{keypair.ss58_address}"
    body = {
        "encrypted_symmetric_key": rsa.encrypt(key, OAEP).hex(),
        "symmetric_key_uuid": str(uuid.uuid4()),
        "timestamp": at,
        "nonce": nonce,
        "signature": "0x" + keypair.sign(signed.encode()).hex(),
        "validator_hotkey_ss58": keypair.ss58_address,
        **change,
    }
    return Fernet(key), body


def shake(body):
    return call("/fiber/key-exchange", json.dumps(body).encode(), {"Content-Type": "application/json"})


def ask(keypair, body, token):
    headers = {
        "Content-Type": "application/octet-stream",
        "x-fiber-validator-hotkey-ss58": keypair.ss58_address,
        "x-fiber-symmetric-key-uuid": body["symmetric_key_uuid"],
    }
    return call("/fiber/challenge", token, headers)


def main():
    known, stranger = Keypair.create_from_uri("//PracticeValidator"), Keypair.create_from_uri("//Nobody")
    rsa = public_key()
    fernet, body = offer(known, rsa)
    sealed = lambda: fernet.encrypt(json.dumps(CHALLENGE).encode())
    seen = {"availability": json.loads(call("/availability")[2]), "without_handshake": ask(known, body, sealed())[0]}
    status, _, answer = shake(body)
    seen["handshake"] = [status, json.loads(answer)]
    token = sealed()
    status, headers, answer = ask(known, body, token)
    seen["valid"] = [status, headers.get("x-fiber-miner-hotkey-ss58"), json.loads(fernet.decrypt(answer, ttl=60))]
    seen["replayed"] = ask(known, body, token)[0]
    seen["stale"] = ask(known, body, fernet.encrypt_at_time(json.dumps(CHALLENGE).encode(), int(time.time()) - 70))[0]
    changed = bytearray(sealed())
    changed[70] = ord("B") if changed[70] == ord("A") else ord("A")
    seen["tampered"] = ask(known, body, bytes(changed))[0]
    seen["wrong_key"] = ask(known, body, Fernet(Fernet.generate_key()).encrypt(json.dumps(CHALLENGE).encode()))[0]
    seen["replayed_handshake"] = shake(body)[0]
    seen["unknown_hotkey"] = shake(offer(stranger, rsa)[1])[0]
    seen["in_another_name"] = shake({**offer(stranger, rsa)[1], "validator_hotkey_ss58": known.ss58_address})[0]
    seen["stale_handshake"] = shake(offer(known, rsa, timestamp=time.time() - 70)[1])[0]
    # What a validator does when its key is unknown: the answer tells the public key, and it shakes hands again.
    lost = offer(known, rsa)
    status, _, answer = ask(known, lost[1], lost[0].encrypt(b"{}"))
    told = json.loads(answer)
    fernet, body = offer(known, public_key(told["public_key"]))
    seen["again"] = [status, told["requires_handshake"], shake(body)[0], ask(known, body, sealed())[0]]
    return seen


print(json.dumps(main()))
