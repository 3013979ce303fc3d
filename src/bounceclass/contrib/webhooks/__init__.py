"""
Events of sending services, as they call a program with them: the failure that they tell, for `classify()`.

::

    from bounceclass import classify
    from bounceclass.contrib.webhooks import read_event

    for report in read_event(request.body):
        for verdict in classify(report):
            ...

Whether the call is the service's own (its signature, its token, its address) is for the caller to check first: what
stands in an event is believed.
"""

from __future__ import annotations

from bounceclass.contrib.webhooks.read import PROVIDERS, Provider, read_event

__all__ = ["PROVIDERS", "Provider", "read_event"]
