"""Mails out of a Kafka topic, rows into another: pip install kafka-python."""

import json

from bounceclass import classify, parse
from bounceclass.serial.rows import rows


def judge(consumer, producer, topic="verdicts"):
    """Judge each message of a `KafkaConsumer`; its offset is committed once its rows are sent."""
    for message in consumer:
        report = parse(message.value)
        for row in rows(report, classify(report), source=f"{message.topic}:{message.partition}:{message.offset}"):
            producer.send(topic, key=(row["recipient"] or "").encode(), value=json.dumps(row).encode())
        producer.flush()
        consumer.commit()
