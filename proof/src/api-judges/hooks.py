"""Lets many callers come from many addresses, so that a node's own rate limits do not end the test."""

import os
import random

import schemathesis

TOKENS = os.environ["WERENODE_TOKENS"].split(",")


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = dict(case.headers or {})
    headers["X-Forwarded-For"] = ".".join(str(random.randint(1, 254)) for _ in range(4))
    # One in ten comes without a login.
    if random.random() > 0.1:
        headers["Authorization"] = "Bearer " + random.choice(TOKENS)
    case.headers = headers
