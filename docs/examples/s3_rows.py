"""Mails out of an S3 bucket, as SES's receipt rules put them there: pip install boto3."""

from bounceclass import classify, parse
from bounceclass.serial.rows import rows


def judge(client, bucket, prefix=""):
    """Give the rows of all mails below a prefix, one object in memory at a time."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for found in page.get("Contents", ()):
            report = parse(client.get_object(Bucket=bucket, Key=found["Key"])["Body"].read())
            yield from rows(report, classify(report), source=f"s3://{bucket}/{found['Key']}")
