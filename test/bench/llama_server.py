"""Eight completions at once from the server of llama-cpp-python, the yardstick of `batch-server-ratio`.

For each line on stdin it prints the seconds per 1,000 tokens, in milliseconds per token. Needs `llama-cpp-python[server]`.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

file, context, threads, texts, tokens = sys.argv[1:6]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen(
    [sys.executable, "-m", "llama_cpp.server", "--model", file, "--host", "127.0.0.1", "--port", str(port)]
    + ["--n_ctx", context, "--n_threads", threads, "--n_threads_batch", threads, "--verbose", "false"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)


def ask(path, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body and json.dumps(body).encode())
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.load(answer)


def complete(number):
    prompt = f"Story number {number}: once upon a time"
    body = {"prompt": prompt, "max_tokens": int(tokens), "temperature": 0}
    return ask("/v1/completions", body)["usage"]["completion_tokens"]


try:
    for _ in range(120):
        try:
            ask("/v1/models")
            break
        except OSError:
            time.sleep(0.5)
    print("ready", flush=True)
    for _ in sys.stdin:
        before = time.monotonic()
        with ThreadPoolExecutor(int(texts)) as pool:
            done = sum(pool.map(complete, range(int(texts))))
        print((time.monotonic() - before) * 1000 / done, flush=True)
finally:
    server.kill()
