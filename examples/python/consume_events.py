"""Prints events of a category as they come, one line each: python consume_events.py <category> <how many>

BROKERS: addresses, separated by commas.
"""

import json
import os
import sys

from confluent_kafka import Consumer

category = sys.argv[1] if len(sys.argv) > 1 else "participant"
count = int(sys.argv[2]) if len(sys.argv) > 2 else None

consumer = Consumer(
    {
        "bootstrap.servers": os.environ.get("BROKERS", "127.0.0.1:9092"),
        "group.id": f"example-{os.getpid()}",
        "auto.offset.reset": "earliest",
    }
)
consumer.subscribe([f"poinciana.{category}.v1"])

# The highest position of each partition: what is not above it was seen before. A program keeps it with what it makes of the events.
seen = {}
printed = 0
while count is None or printed < count:
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        print(message.error(), file=sys.stderr)
        continue
    headers = {name: (value or b"").decode() for name, value in message.headers() or []}
    position = int(headers["ce_position"].split(":")[1])
    if position <= seen.get(message.partition(), 0):
        continue
    seen[message.partition()] = position
    value = message.value()
    # No value: the brokers refused the event for its size.
    data = None if value is None else json.loads(value)
    print(json.dumps({"type": headers["ce_type"], "subject": headers["ce_subject"], "data": data}), flush=True)
    printed += 1
consumer.close()
