"""What the chain itself says of stakes, places, prices and events, each block read once, with the official SDK."""

from collections import defaultdict

from bittensor.client import Client

# What a mechanism of a subnet is stored under: its number times this, plus the subnet.
SUBNETS_OF_A_MECHANISM = 4096
ROOT = 0
# On root one unit of stake is one rao.
PAR = 1_000_000_000


class Chain:
    """Stakes, places and events of past blocks, each read once."""

    def __init__(self, client: Client):
        self.client = client
        self.views, self.kept = {}, {}

    async def view(self, block: int):
        if block not in self.views:
            self.views[block] = await self.client.at(block)
        return self.views[block]

    async def once(self, key, read):
        if key not in self.kept:
            self.kept[key] = await read()
        return self.kept[key]

    async def stakes(self, coldkey: str, block: int) -> dict:
        async def read():
            rows = await (await self.view(block)).read("stake_for_coldkey", coldkey_ss58=coldkey)
            return {(int(row.netuid), row.hotkey): row.stake.rao for row in rows}

        return await self.once(("stakes", coldkey, block), read)

    async def stored(self, block: int, item: str, *params):
        async def read():
            return await (await self.view(block)).query(("SubtensorModule", item), list(params))

        return await self.once((item, block, params), read)

    async def price(self, block: int, netuid: int) -> int:
        """rao per alpha at the end of a block."""

        async def read():
            view = await self.view(block)
            return int(await view.runtime(("SwapRuntimeApi", "current_alpha_price"), [netuid]))

        return PAR if netuid == ROOT else await self.once(("price", block, netuid), read)

    async def timestamp_ms(self, block: int) -> int:
        async def read():
            return int(await (await self.view(block)).query(("Timestamp", "Now"), []))

        return await self.once(("time", block), read)

    async def place(self, block: int, netuid: int, hotkey: str):
        """The uid of a hotkey at the end of a block; None without one."""
        uid = await self.stored(block, "Uids", netuid, hotkey)
        # No default of the storage: who has no place has none.
        if uid is None or await self.stored(block, "Keys", netuid, int(uid)) != hotkey:
            return None
        return int(uid)

    async def events(self, block: int) -> list:
        """(extrinsic or None, pallet.event, value) of a block, in their order."""

        async def read():
            substrate = self.client._substrate
            found = []
            for record in await substrate.events(await substrate.block_hash(block)):
                record = getattr(record, "value", record)
                event = record.get("event", record)
                by = record.get("extrinsic_idx")
                found.append((by, f"{event['module_id']}.{event['event_id']}", event["attributes"]))
            return found

        return await self.once(("events", block), read)


def field(value, name: str, at: int):
    """Of an event with names, or without."""
    return value[name] if isinstance(value, dict) else value[at]


def sale_for(events: list, by, value) -> int:
    """Where the alpha that paid a fee is told as a removal of stake, too: that one's place among the events, or -1."""
    who, netuid = field(value, "who", 0), int(field(value, "netuid", 1))
    alpha, tao = int(field(value, "alpha_fee", 2)), int(field(value, "tao_amount", 3))
    for at, (other, name, removed) in enumerate(events):
        if name == "SubtensorModule.StakeRemoved" and other == by:
            coldkey, _hotkey, got, sold, where, fee = removed
            if (coldkey, int(where), int(got), int(sold), int(fee)) == (who, netuid, tao, alpha, 0):
                return at
    return -1


def moves_in(events: list) -> list:
    """(coldkey, netuid, hotkey, signed alpha, alpha of it that was a fee, rao that it cost besides) of all moves of stake of a block."""
    paid, sales, found = defaultdict(int), {}, []
    for by, name, value in events:
        if name == "TransactionPayment.TransactionFeePaid":
            paid[by, field(value, "who", 0)] += int(field(value, "actual_fee", 1))
        if name == "SubtensorModule.TransactionFeePaidWithAlpha":
            sales[sale_for(events, by, value)] = True
    for at, (by, name, value) in enumerate(events):
        pallet, _, what = name.partition(".")
        if pallet != "SubtensorModule":
            continue
        if what == "StakeAdded":
            coldkey, hotkey, _tao, alpha, netuid, fee = value
            move = (int(alpha), 0, int(fee))
        elif what == "StakeRemoved":
            coldkey, hotkey, _tao, alpha, netuid, fee = value
            move = (-(int(alpha) + int(fee)), int(alpha) if at in sales else int(fee), 0)
        elif what in ("AlphaBurned", "AlphaRecycled"):
            coldkey, hotkey, alpha, netuid = value
            move = (-int(alpha), 0, 0)
        elif what == "TransactionFeePaidWithAlpha" and sale_for(events, by, value) < 0:
            coldkey, netuid = field(value, "who", 0), field(value, "netuid", 1)
            near = [one for other, kind, one in events if other == by and kind in ("SubtensorModule.StakeRemoved", "SubtensorModule.StakeAdded")]
            hotkey, fee = near[0][1], int(field(value, "alpha_fee", 2))
            move = (-fee, fee, 0)
        else:
            continue
        # The fee of a transaction counts once, with the first move of whoever paid it.
        tao = 0 if by is None else paid.pop((by, coldkey), 0)
        found.append((coldkey, int(netuid), hotkey, move[0], move[1], move[2] + tao))
    return found
