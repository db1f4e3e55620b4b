"""Reads subnets that come and go, and child keys, with the SDK's own calls; prints one JSON line."""

import asyncio
import json
import sys

from bittensor._generated import runtime_apis as api
from bittensor.client import Client


async def main(endpoint: str, ask: dict) -> dict:
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        view = await client.at(ask["block"])
        parent, child, netuid = ask["parent"], ask["child"], ask["netuid"]
        metagraph = await view.read("metagraph", netuid=netuid)
        at = metagraph["hotkeys"].index(child)
        return {
            "children": await view.read("children", hotkey_ss58=parent, netuid=netuid),
            "parents": await view.read("parents", hotkey_ss58=child, netuid=netuid),
            "pending": await view.read("pending_children", hotkey_ss58=parent, netuid=netuid),
            "cost": (await view.read("subnet_registration_cost")).rao,
            "prune": await view.runtime(api.SubnetInfoRuntimeApi.get_subnet_to_prune, []),
            "subnets": [info.netuid for info in await view.subnets.all()],
            "stakes": [
                [one.netuid, one.hotkey, str(one.stake.rao)]
                for one in await view.read("stake_for_coldkey", coldkey_ss58=ask["coldkey"])
            ],
            "weights": [metagraph[name][at].rao if hasattr(metagraph[name][at], "rao") else int(metagraph[name][at]) for name in ("alpha_stake", "tao_stake", "total_stake")],
        }


print(json.dumps(asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))))
