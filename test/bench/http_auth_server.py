"""The official way to serve signed requests: http_auth of bittensor 11 under FastAPI and uvicorn, with an instant answer. Prints its port."""

import socket
import sys

import uvicorn
from bittensor import http_auth
from fastapi import FastAPI, HTTPException, Request

ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "none",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello there"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}

app = FastAPI()
store = http_auth.InMemoryNonceStore()
miner = sys.argv[1]


@app.post("/v1/chat/completions")
async def chat(request: Request) -> dict:
    body = await request.body()
    try:
        http_auth.verify(
            dict(request.headers), body, method="POST", path=request.url.path, self_hotkey_ss58=miner, nonce_store=store
        )
    except http_auth.AuthError as error:
        raise HTTPException(401, type(error).__name__) from error
    return ANSWER


listening = socket.create_server(("127.0.0.1", 0), backlog=512)
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listening])
