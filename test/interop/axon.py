"""The axon of bittensor 10 on loopback, with the synapses of `dendrite.py`. Says its hotkey when it listens; ends with its input."""

import socket
import sys
import time
from typing import Optional, Tuple

from bittensor.core.axon import Axon
from bittensor.core.stream import StreamingSynapse
from bittensor.core.synapse import Synapse
from bittensor_wallet import Keypair

ALICE = Keypair.create_from_uri("//Alice").ss58_address


class Chat(Synapse):
    prompt: str
    completion: Optional[str] = None


class HashedChat(Synapse):
    prompt: str
    turns: int
    plain: bool
    completion: Optional[str] = None
    required_hash_fields = ("prompt", "turns", "plain")


class StreamChat(StreamingSynapse):
    prompt: str
    completion: Optional[str] = None

    async def process_streaming_response(self, response):
        yield ""

    def extract_response_json(self, response):
        return {}


class Wallet:
    hotkey = Keypair.create_from_uri("//Miner")
    coldkeypub = hotkey


def chat(synapse: Chat) -> Chat:
    if synapse.prompt == "slow":
        time.sleep(4)
    synapse.completion = "Hello there"
    return synapse


def hashed(synapse: HashedChat) -> HashedChat:
    synapse.completion = "Hello there"
    return synapse


def stream(synapse: StreamChat) -> StreamChat:
    async def pieces(send):
        for piece in (b"Hello", b" there"):
            await send({"type": "http.response.body", "body": piece, "more_body": True})

    return synapse.create_streaming_response(pieces)


def only_alice(kind):
    def refuse(synapse) -> Tuple[bool, str]:
        return synapse.dendrite.hotkey != ALICE, "not known"

    refuse.__annotations__["synapse"] = kind
    return refuse


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


port = int(sys.argv[1])
axon = Axon(wallet=Wallet(), port=port, ip="127.0.0.1", external_ip="127.0.0.1")
for forward, kind in ((chat, Chat), (hashed, HashedChat), (stream, StreamChat)):
    axon.attach(forward, blacklist_fn=only_alice(kind))
axon.start()
while not listens(port):
    time.sleep(0.05)
print(Wallet.hotkey.ss58_address, flush=True)
sys.stdin.read()
axon.stop()
