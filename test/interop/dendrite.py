"""Calls a miner with the dendrite of bittensor 10, honestly and not; prints what came back as one JSON line."""

import asyncio
import json
import sys
import time
from typing import Optional

import aiohttp
from bittensor.core.chain_data import AxonInfo
from bittensor.core.dendrite import Dendrite
from bittensor.core.stream import StreamingSynapse
from bittensor.core.synapse import Synapse
from bittensor.utils import networking
from bittensor_wallet import Keypair

# It would be asked for on the internet, and is sent as a remark only.
networking.get_external_ip = lambda: "203.0.113.7"


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
        self.completion = ""
        async for chunk in response.content.iter_any():
            self.completion += chunk.decode()
            yield chunk.decode()

    def extract_response_json(self, response):
        return {"prompt": self.prompt, "completion": self.completion}


def told(synapse) -> dict:
    dendrite, axon = synapse.dendrite, synapse.axon
    return {
        "status": dendrite.status_code,
        "message": dendrite.status_message,
        "completion": getattr(synapse, "completion", None),
        "axon": axon.model_dump(),
        "dendrite": dendrite.model_dump(),
    }


async def post(port: int, path: str, headers: dict, body: dict) -> dict:
    """As the dendrite sends, without the rest of it."""
    async with aiohttp.ClientSession() as session:
        async with session.post(f"http://127.0.0.1:{port}/{path}", headers=headers, json=body) as reply:
            return {"status": reply.status, "message": (await reply.json()).get("message")}


async def main(port: int, miner: str, stranger: str) -> dict:
    keypair = Keypair.create_from_uri("//Alice")
    dendrite = Dendrite(keypair)

    def axon(hotkey: str) -> AxonInfo:
        return AxonInfo(version=10005000, ip="127.0.0.1", port=port, ip_type=4, hotkey=hotkey, coldkey=hotkey)

    def prepared(synapse, hotkey=miner, by=dendrite):
        ready = by.preprocess_synapse_for_request(axon(hotkey), synapse, 12.0)
        return ready.to_headers(), ready.model_dump()

    async def call(synapse, hotkey=miner, timeout=12.0, by=dendrite):
        return told(await by.call(axon(hotkey), synapse, timeout=timeout, deserialize=False))

    seen = {
        "valid": await call(Chat(prompt="Hello")),
        "hashed": await call(HashedChat(prompt="hello", turns=3, plain=True)),
        "ping": await call(Synapse()),
        "unknown": await call(type("Other", (Chat,), {})(prompt="Hello")),
    }

    pieces = []
    async for piece in dendrite.call_stream(axon(miner), StreamChat(prompt="Hello"), deserialize=False):
        pieces.append(piece)
    seen["stream"] = {**told(pieces[-1]), "pieces": "".join(piece for piece in pieces[:-1])}

    headers, body = prepared(Chat(prompt="Hello"))
    seen["first"] = await post(port, "Chat", headers, body)
    seen["replayed"] = await post(port, "Chat", headers, body)

    real = time.time_ns
    fresh = Dendrite(keypair)
    time.time_ns = lambda: real() - 17_000_000_000
    seen["stale"] = await call(Chat(prompt="Hello"), by=fresh)
    time.time_ns = real

    headers, body = prepared(HashedChat(prompt="hello", turns=3, plain=True))
    seen["tampered"] = await post(port, "HashedChat", headers, {**body, "prompt": "hullo"})
    headers, body = prepared(HashedChat(prompt="hello", turns=3, plain=True))
    other = HashedChat(prompt="hullo", turns=3, plain=True)
    seen["rehashed"] = await post(
        port, "HashedChat", {**headers, "computed_body_hash": other.body_hash}, {**body, "prompt": "hullo"}
    )
    headers, body = prepared(Chat(prompt="Hello"))
    del headers["bt_header_dendrite_signature"]
    seen["unsigned"] = await post(port, "Chat", headers, body)
    headers, body = prepared(Chat(prompt="Hello"), hotkey=stranger)
    seen["receiver"] = await post(port, "Chat", headers, body)
    headers["bt_header_axon_hotkey"] = miner
    seen["redirected"] = await post(port, "Chat", headers, body)
    seen["registered"] = await call(Chat(prompt="Hello"), by=Dendrite(Keypair.create_from_uri("//Bob")))
    seen["permitted"] = await call(Chat(prompt="Hello"), by=Dendrite(Keypair.create_from_uri("//Charlie")))
    seen["late"] = await call(Chat(prompt="slow"), timeout=3.0)

    answer = seen["valid"]["axon"]
    text = f"{answer['nonce']}.{keypair.ss58_address}.{miner}.{answer['uuid']}"
    seen["signed"] = answer["signature"] and Keypair(ss58_address=miner).verify(text, answer["signature"])
    for each in (dendrite, fresh):
        await each.aclose_session()
    return seen


print(json.dumps(asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))))
