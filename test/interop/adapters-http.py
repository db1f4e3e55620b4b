"""Asks a miner with http_auth of bittensor 11 as a validator of the practice network does; prints status and body as one JSON line."""

import json
import sys
import urllib.error
import urllib.request

from bittensor import http_auth
from bittensor.sp_core import Keypair


def ask(url: str, miner: str, path: str, body: bytes) -> list:
    key = Keypair.create_from_uri("//PracticeValidator")
    headers = http_auth.sign(key, method="POST", path=path, body=body, receiver_ss58=miner)
    request = urllib.request.Request(
        url + path, data=body, headers={**headers, "Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return [reply.status, reply.read().decode()]
    except urllib.error.HTTPError as error:
        return [error.code, error.read().decode()]


url, miner, path, body = sys.argv[1:5]
print(json.dumps(ask(url, miner, path, body.encode())))
