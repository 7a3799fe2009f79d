"""`python -m renkei_shim PORT`: the product and its shim; the network is at RENKEI_NETWORK_URL."""

import os
import sys

import uvicorn

from renkei_shim.both import application

uvicorn.run(application(os.environ["RENKEI_NETWORK_URL"]), port=int(sys.argv[1]), log_level="warning")
