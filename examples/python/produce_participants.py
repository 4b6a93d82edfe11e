"""Brings people into a campaign: python produce_participants.py <campaign> <external id>...

BROKERS: addresses, separated by commas. TOKEN: a bearer token for the audience poinciana-inbound.
"""

import json
import os
import sys

from confluent_kafka import Producer

campaign, *external_ids = sys.argv[1:]
failures = []


def delivered(error, _message):
    if error is not None:
        failures.append(error)


producer = Producer(
    {
        "bootstrap.servers": os.environ.get("BROKERS", "127.0.0.1:9092"),
        "enable.idempotence": True,
        "compression.type": "lz4",
    }
)
for external_id in external_ids:
    item = {"campaign": campaign, "attributes": {"external_id": external_id, "name": f"Person {external_id}"}}
    producer.produce(
        "poinciana.participants.inbound.v1",
        key=external_id,  # what has the same key stays in order
        value=json.dumps(item),
        headers={"authorization": f"Bearer {os.environ.get('TOKEN', '')}"},
        on_delivery=delivered,
    )
producer.flush()
for failure in failures:
    print(failure, file=sys.stderr)
sys.exit(1 if failures else 0)
