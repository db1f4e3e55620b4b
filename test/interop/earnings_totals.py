"""Compares a file of epochs with the chain's own stakes, places, prices and events, to the last unit: earnings_totals.py ENDPOINT SOURCE CSV...

Shares nothing with the program that wrote the file: the chain is read with the official SDK. Every column of every line is checked.
SOURCE is where all lines have to be from (`events`, where the writer was beside the chain all the time; `any` where it was not).
Prints one JSON line for each file; what differs is listed under "wrong", and the exit code is 1 then.
"""

import asyncio
import csv
import json
import sys
import time
from collections import defaultdict
from datetime import datetime, timezone

from bittensor.client import Client

from earnings_chain import PAR, ROOT, SUBNETS_OF_A_MECHANISM, Chain, field, moves_in

AMOUNTS = (
    *("stake_before", "stake_after", "flows", "flows_in", "flows_out", "earned", "mined", "validated", "staked", "root"),
    *("owner_cut", "not_told", "unexplained", "fee_alpha", "elsewhere", "price", "worth", "fee_tao"),
)
KINDS = ("mined", "validated", "staked", "root", "owner_cut", "not_told")
# Blocks: each account of the run has an epoch more often.
MOST_BEHIND = 60


def lines_of(path: str) -> list:
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for at, row in enumerate(rows):
        row["at"] = at + 2
        for name in ("netuid", "from_block", "block", "epochs", "time_ms", "uid"):
            row[name] = int(row[name]) if row[name] not in ("", "unknown") else None
        row["text"] = {name: row[name] for name in AMOUNTS}
        if row["line"] == "epoch":
            for name in AMOUNTS:
                row[name] = int(row[name + "_rao"])
    return rows


def written(units: int) -> str:
    """As the file writes an amount: nine places."""
    whole, rest = divmod(abs(units), PAR)
    return f"{'-' if units < 0 else ''}{whole}.{rest:09}"


class Totals:
    def __init__(self, chain: Chain, rows: list, source):
        self.chain, self.rows, self.source = chain, rows, source
        self.epochs = [row for row in rows if row["line"] == "epoch"]
        self.gaps = {(row["coldkey"], row["block"]) for row in rows if row["line"] == "gap"}
        self.coldkeys = {row["coldkey"] for row in self.epochs}
        self.moves = defaultdict(list)
        self.touched = defaultdict(list)
        self.incentive, self.sent, self.claimed = {}, defaultdict(list), set()
        self.claims = defaultdict(int)
        self.wrong = []

    def check(self, what: str, ours, theirs, where) -> None:
        if ours != theirs:
            self.wrong.append({"what": what, "file": str(ours), "chain": str(theirs), "where": [str(one) for one in where]})

    async def read_events(self, first: int, last: int) -> None:
        for block in range(first, last + 1):
            events = await self.chain.events(block)
            for coldkey, netuid, hotkey, alpha, fee_alpha, fee_tao in moves_in(events):
                self.touched[netuid, hotkey].append(block)
                if coldkey in self.coldkeys:
                    self.moves[coldkey, netuid, hotkey].append((block, alpha, fee_alpha, fee_tao))
            for _by, name, value in events:
                if name == "SubtensorModule.IncentiveAlphaEmittedToMiners":
                    netuid = int(value["netuid"]) % SUBNETS_OF_A_MECHANISM
                    before = self.incentive.get((block, netuid), [])
                    amounts = [int(one) for one in value["emissions"]]
                    width = max(len(before), len(amounts))
                    pad = lambda of: of + [0] * (width - len(of))
                    self.incentive[block, netuid] = [a + b for a, b in zip(pad(before), pad(amounts))]
                elif name == "SubtensorModule.AutoStakeAdded":
                    self.sent[block, int(value["netuid"])].append(value)
                elif name in ("SubtensorModule.RootClaimed", "SubtensorModule.BasketClaimed"):
                    self.claimed.add((field(value, "coldkey", 0), block))
                    self.claims[block] += 1

    def moved(self, key: tuple, after: int, through: int, what: int = 1) -> int:
        return sum(move[what] for move in self.moves[key] if after < move[0] <= through)

    async def mined(self, row: dict) -> tuple:
        """What the chain says of a hotkey's incentive: (came here, went elsewhere, to whom)."""
        block, netuid, hotkey, coldkey = row["block"], row["netuid"], row["hotkey"], row["coldkey"]
        sent = self.sent[block, netuid]
        arrived = sum(
            int(one["incentive"])
            for one in sent
            if one["destination"] == hotkey and one["hotkey"] != hotkey and one["owner"] == coldkey
        )
        uid = await self.chain.place(block - 1, netuid, hotkey)
        amounts = self.incentive.get((block, netuid), [])
        if netuid == ROOT or uid is None or uid >= len(amounts) or await self.chain.stored(block - 1, "Owner", hotkey) != coldkey:
            return arrived, 0, ""
        amount = amounts[uid]
        if await self.chain.stored(block - 1, "SubnetOwner", netuid) == coldkey:
            return arrived, amount, ""
        away = [one for one in sent if one["hotkey"] == hotkey and one["destination"] != hotkey]
        sum_away = sum(int(one["incentive"]) for one in away)
        return amount - sum_away + arrived, sum_away, away[0]["destination"] if away else ""

    async def kind_of_rest(self, row: dict, rest: int) -> str:
        """Which kind of income what came beside the incentive is; "" where nothing of the kind could come."""
        block, netuid, hotkey, coldkey = row["block"] - 1, row["netuid"], row["hotkey"], row["coldkey"]
        if rest < 0:
            return ""
        owned = await self.chain.stored(block, "Owner", hotkey) == coldkey
        if netuid == ROOT:
            return "root" if owned or (coldkey, row["block"]) in self.claimed else ""
        if await self.chain.stored(block, "SubnetOwner", netuid) == coldkey:
            if await self.chain.stored(block, "SubnetOwnerHotkey", netuid) == hotkey:
                return "owner_cut"
        uid = await self.chain.place(block, netuid, hotkey)
        permits = await self.chain.stored(block, "ValidatorPermit", netuid)
        permit = uid is not None and bool(permits[uid])
        children = await self.chain.stored(block, "ChildKeys", hotkey, netuid)
        return ("validated" if owned else "staked") if permit or children else ""

    async def check_amounts(self, row: dict, where: tuple) -> None:
        key, after, block = (row["coldkey"], row["netuid"], row["hotkey"]), row["from_block"], row["block"]
        of = [(await self.chain.stakes(row["coldkey"], at)).get(key[1:], 0) for at in (after, block - 1, block)]
        flows, here = self.moved(key, after, block), self.moved(key, block - 1, block)
        came, went, whom = await self.mined(row)
        credited = of[2] - of[1] - here
        kind = await self.kind_of_rest(row, credited - came)
        told = defaultdict(int, {"root" if row["netuid"] == ROOT else "mined": came})
        told[kind] += credited - came
        missing = of[1] - of[0] - (flows - here) + told.pop("", 0)
        flows_in = sum(max(0, move[1]) for move in self.moves[key] if after < move[0] <= block)
        price = await self.chain.price(block, row["netuid"])
        theirs = {
            **{"stake_before": of[0], "stake_after": of[2], "flows": flows, "flows_in": flows_in, "flows_out": flows_in - flows},
            **{name: told[name] for name in KINDS},
            **{"earned": sum(told.values()), "unexplained": missing, "elsewhere": went, "price": price},
            **{"fee_alpha": self.moved(key, after, block, 2), "fee_tao": self.moved(key, after, block, 3)},
            "worth": sum(told.values()) * price // PAR,
        }
        for name in AMOUNTS:
            self.check(name, row[name], theirs[name], where)
            self.check(f"{name} as decimal", row["text"][name], written(theirs[name]), where)
        self.check("elsewhere_hotkey", row["elsewhere_hotkey"], whom, where)
        # Shares of all who stake there: a unit for each move, and each deposit of the epoch.
        most = sum(1 for at in self.touched[key[1:]] if after < at <= block) + len(self.sent[block, row["netuid"]]) + 4
        rounded = missing != 0 and abs(missing) <= most + self.silent(row["netuid"], after, block)
        self.check("status", row["status"], "explained" if missing == 0 else "rounded" if rounded else "red", where)
        if missing == 0 or rounded:
            self.check("cause", row["cause"], "rounding" if rounded else "", where)

    async def ran(self, netuid: int, after: int, block: int) -> int:
        """Epochs of a subnet in the blocks after one, through another."""
        many, at = 0, block
        while at > after:
            last = int(await self.chain.stored(at, "LastEpochBlock", netuid))
            many, at = (many + 1, last - 1) if last > after else (many, after)
        return many

    async def check_row(self, row: dict) -> None:
        where = (row["coldkey"], row["netuid"], row["hotkey"], row["block"])
        block, netuid = row["block"], row["netuid"]
        await self.check_amounts(row, where)
        uid = await self.chain.place(block - 1, netuid, row["hotkey"])
        self.check("uid", row["uid"], uid, where)
        if netuid == ROOT:
            others = any(at == block for at, _ in self.incentive) or (row["coldkey"], block) in self.claimed
            self.check("epochs", (row["epochs"], True), (1, others or row["earned"] > 0), where)
        else:
            ended = int(await self.chain.stored(block, "LastEpochBlock", netuid)) == block
            self.check("block", ended, True, where)
            self.check("epochs", row["epochs"], await self.ran(netuid, row["from_block"], block), where)
        self.check("after_gap", row["after_gap"], "yes" if (row["coldkey"], row["from_block"]) in self.gaps else "no", where)
        if self.source != "any":
            self.check("source", row["source"], self.source, where)
        moment = datetime.fromtimestamp(row["time_ms"] / 1000, tz=timezone.utc)
        self.check("time_utc", row["time_utc"], moment.strftime("%Y-%m-%d %H:%M:%S"), where)
        born = await self.chain.timestamp_ms(block)
        self.check("time_ms", born - 5_000 <= row["time_ms"] <= time.time() * 1000, True, where)

    def check_lines(self) -> None:
        """What lines say of each other."""
        order = [row["block"] for row in self.epochs]
        self.check("order", [at for at, one in enumerate(order[1:]) if one < order[at]], [], ())
        for name, key in (("wallet", "coldkey"), ("subnet", "netuid")):
            names = defaultdict(lambda: defaultdict(int))
            for row in self.rows:
                if row[key] is not None:
                    names[row[key]][row[name]] += 1
            for one, found in names.items():
                self.check(f"{name} of {one}", len(found), 1, sorted(found))
        for row in self.rows:
            if row["line"] == "epoch":
                continue
            filled = [name for name in ("time_utc", "netuid", "hotkey", "status", "source") if row[name] not in ("", None)]
            self.check("line", (row["line"], filled), ("gap", []), (row["at"],))
        last = {}
        for row in self.epochs:
            key = (row["coldkey"], row["netuid"], row["hotkey"])
            before = last.get(key)
            if before and before["stake_after"] and (row["coldkey"], row["from_block"]) not in self.gaps:
                self.check("from_block", row["from_block"], before["block"], (*key, row["block"]))
            last[key] = row

    async def check_account(self, coldkey: str, last: int) -> dict:
        """All positions of an account, from where its counting began to the end: none is missing in the file."""
        rows = [row for row in self.epochs if row["coldkey"] == coldkey]
        first = min(row["from_block"] for row in rows)
        # An account is booked as a whole, one after the other: the file may be written while the last ones are behind.
        until, last = last, max(row["block"] for row in rows)
        if until - last > MOST_BEHIND:
            self.check("last line of an account", last, until, (coldkey,))
        before, after = await self.chain.stakes(coldkey, first), await self.chain.stakes(coldkey, last)
        moved = {key[1:] for key in list(self.moves) if key[0] == coldkey}
        earned = credited = 0
        for place in {*before, *after, *moved, *((row["netuid"], row["hotkey"]) for row in rows)}:
            of = [row for row in rows if (row["netuid"], row["hotkey"]) == place]
            ours = sum(row["earned"] + row["unexplained"] for row in of)
            theirs = after.get(place, 0) - before.get(place, 0) - self.moved((coldkey, *place), first, last)
            # Behind its last line a position changes by own moves, and by a unit for each move of anybody there.
            slack = self.slack(place, max([first, *(row["block"] for row in of)]), last)
            if abs(ours - theirs) > slack:
                self.check("sum of all lines", ours, theirs, (coldkey, *place))
            earned, credited = earned + ours, credited + theirs
        fees = {name: sum(row[name] for row in rows) for name in ("fee_alpha", "fee_tao", "worth")}
        return {"coldkey": coldkey, "file": str(earned), "chain": str(credited), "lines": len(rows), **{k: str(v) for k, v in fees.items()}}

    def silent(self, netuid: int, after: int, through: int) -> int:
        """Moves that no event of stake names: claims, and on root what each epoch of any subnet puts behind a validator."""
        claims = sum(2 * many for block, many in self.claims.items() if after < block <= through)
        return claims + (2 * sum(1 for block, _ in self.incentive if after < block <= through) if netuid == ROOT else 0)

    def slack(self, place: tuple, after: int, last: int) -> int:
        if after >= last:
            return 0
        return sum(1 for at in self.touched[place] if after < at <= last) + self.silent(place[0], after, last)


async def compared(chain: Chain, path: str, source: str) -> dict:
    rows = lines_of(path)
    totals = Totals(chain, rows, source)
    last = max(row["block"] for row in totals.epochs)
    await totals.read_events(min(row["from_block"] for row in totals.epochs) + 1, last)
    totals.check_lines()
    for row in totals.epochs:
        await totals.check_row(row)
    accounts = [await totals.check_account(coldkey, last) for coldkey in sorted(totals.coldkeys)]
    status = defaultdict(int)
    for row in rows:
        status[row["status"] or row["line"]] += 1
    total = lambda name: str(sum(row[name] for row in totals.epochs))
    return {
        "lines": len(rows),
        "status": status,
        "kinds": {name: total(name) for name in KINDS},
        **{name: total(name) for name in ("elsewhere", "unexplained", "fee_alpha", "fee_tao", "worth")},
        "accounts": accounts,
        "wrong": totals.wrong,
    }


async def main(endpoint: str, source: str, *paths: str) -> bool:
    async with Client(endpoint, fallback_endpoints=[], archive_endpoints=[]) as client:
        chain = Chain(client)
        found = [await compared(chain, path, source) for path in paths]
    for one in found:
        print(json.dumps(one))
    return any(one["wrong"] for one in found)


sys.exit(1 if asyncio.run(main(*sys.argv[1:])) else 0)
