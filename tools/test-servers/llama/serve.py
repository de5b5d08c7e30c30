"""serve.py MODEL ALIAS PORT [KEY]: llama.cpp's own HTTP server, which the extension brings along."""

import sys
import threading

import xllamacpp

model, alias, port, *keys = sys.argv[1:]
params = xllamacpp.CommonParams()
params.model.path = model
params.model_alias = {alias}
params.hostnames = ["127.0.0.1"]
params.port = int(port)
params.api_keys = keys
# The context is split over the slots: 4,096 tokens each.
params.n_ctx = 16384
params.n_parallel = 4
# Threads of this library wait for one another without sleeping: two are ten times slower where others use the processors too.
params.cpuparams.n_threads = 1
params.n_gpu_layers = 0
# With its templates the grammar lets a code fence through, which is then in the log probabilities and not in the text.
params.use_jinja = False
params.ui = False
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
threading.Event().wait()
