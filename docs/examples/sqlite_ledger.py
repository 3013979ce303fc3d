"""A ledger in SQLite: a row an address, read and written one at a time."""

import json
import sqlite3

from bounceclass import Ledger


def open_ledger(path):
    """Open the database."""
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE IF NOT EXISTS ledger (address TEXT PRIMARY KEY, facts TEXT NOT NULL)")
    return database


def record(database, verdict, at, message_id=""):
    """Note a verdict, and give what to do with its address now."""
    address = verdict.intended_recipient.lower()
    ledger = Ledger()
    with database:  # one transaction: two processes do not lose each other's facts
        database.execute("BEGIN IMMEDIATE")
        row = database.execute("SELECT facts FROM ledger WHERE address = ?", [address]).fetchone()
        if row:
            ledger.put(address, json.loads(row[0]))
        ledger.record(verdict, at=at, message_id=message_id)
        ledger.expire(at)
        if facts := ledger.entry(address):
            database.execute("INSERT OR REPLACE INTO ledger VALUES (?, ?)", [address, json.dumps(facts)])
    return ledger.standing(address, now=at)
