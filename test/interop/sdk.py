"""Uses the practice network as any Bittensor program would; prints what it saw as one JSON line."""

import asyncio
import json
import sys

import bittensor
from bittensor import Balance
from bittensor.client import Client
from bittensor.intents.staking import AddStake, RemoveStake
from bittensor.intents.transfer import Transfer


async def main(endpoint: str, wallet_path: str, recipient: str, validator: str) -> dict:
    wallet = bittensor.Wallet("alice", path=wallet_path)
    address = wallet.coldkeypub.ss58_address
    seen: dict = {}
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        seen["block"] = await client.block()
        seen["spec"] = await client.spec_version()
        seen["subnets"] = [info.netuid for info in await client.subnets.all()]
        graph = await client.read("metagraph", netuid=1)
        seen["hotkeys"] = len(graph["hotkeys"])
        seen["balance"] = (await client.balances.get(address)).rao

        sent = await client.execute(Transfer(recipient, Balance.from_tao(2)), wallet)
        added = await client.execute(AddStake(validator, 1, Balance.from_tao(5)), wallet)
        staked = await client.read("stake", coldkey_ss58=address, hotkey_ss58=validator, netuid=1)
        removed = await client.execute(RemoveStake(validator, 1, staked), wallet)
        left = await client.read("stake", coldkey_ss58=address, hotkey_ss58=validator, netuid=1)
        seen["success"] = [sent.success, added.success, removed.success]
        seen["messages"] = [sent.message, added.message, removed.message]
        seen["staked"] = staked.rao
        seen["left"] = left.rao
        seen["after"] = (await client.balances.get(address)).rao
        seen["received"] = (await client.balances.get(recipient)).rao
    return seen


print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
