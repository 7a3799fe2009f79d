"""The national network as respx routes: every httpx client of this process finds it at its address, without a socket."""

from mocks.network.in_process import BASE_URL, InProcessNetwork, network_in_process
from mocks.network.in_process_gateway import InProcessGateway, to_asgi, to_coroutine, to_function

__all__ = [
    "BASE_URL",
    "InProcessGateway",
    "InProcessNetwork",
    "network_in_process",
    "to_asgi",
    "to_coroutine",
    "to_function",
]
