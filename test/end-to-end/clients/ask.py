# Invokes a function with the settings of the snippet, or boto3's own; never twice, so that nothing is hidden.
import json
import os
import sys
import time

import boto3
from botocore.config import Config

once = Config(retries={"total_max_attempts": 1}, read_timeout=5)
made = dict(region_name="eu-west-1", endpoint_url=os.environ["ORIGIN"], verify=os.environ["CA_FILE"])
if os.environ["ADVISED"] == "yes":
    from snippet import config, keep_fresh

    client = keep_fresh(boto3.client("lambda", config=config.merge(once), **made))
else:
    client = boto3.client("lambda", config=once, **made)

failures = []
for round in range(3):
    for again in range(2):
        try:
            answer = client.invoke(FunctionName="orders:live", InvocationType="DryRun")
            # An answer that is not read keeps its connection for itself, and then nothing is ever reused.
            answer["Payload"].read()
        except Exception as error:
            failures.append(f"{type(error).__name__}: {error}")
    if round < 2:
        time.sleep(float(os.environ["SILENCE_MS"]) / 1000)
json.dump(failures, sys.stdout)
