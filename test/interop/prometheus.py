"""Reads an exposition as the official client of Prometheus does, and says what it found as JSON."""

import json
import sys
import urllib.request

from prometheus_client.parser import text_fd_to_metric_families

with urllib.request.urlopen(sys.argv[1], timeout=10) as answer:
    kind = answer.headers["content-type"]
    text = answer.read().decode("utf-8")

families = {}
for family in text_fd_to_metric_families(text.splitlines(keepends=True)):
    families[family.name] = {
        "type": family.type,
        "help": family.documentation,
        "samples": [[sample.name, sample.labels, sample.value] for sample in family.samples],
    }
print(json.dumps({"kind": kind, "families": families}))
