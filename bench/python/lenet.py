"""Images a second that the noisy-digits network trains on in Python's PyTorch.

The same network, batch and optimizer as in `./perdita bench`, whose row "noisy-digits network"
is to be held against what this prints. One thread. Run the two by turns, on a machine that does
nothing else; needs torch and nothing more:

    python3 bench/python/lenet.py
"""

import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH = 64
IMAGES = 4096
STEPS = 50
ROUNDS = 15

torch.set_num_threads(1)
torch.manual_seed(1)

network = nn.Sequential(
    nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(16 * 7 * 7, 64), nn.ReLU(), nn.Linear(64, 10),
)
optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
images = torch.rand(IMAGES, 1, 28, 28)
labels = torch.randint(10, (IMAGES,))


def step():
    batch = torch.randint(IMAGES, (BATCH,))
    optimizer.zero_grad()
    loss = F.cross_entropy(network(images.index_select(0, batch)), labels.index_select(0, batch))
    loss.backward()
    optimizer.step()
    return loss.item()


def rate(clock):
    start = clock()
    for _ in range(STEPS):
        step()
    return STEPS * BATCH / (clock() - start)


for _ in range(3 * STEPS):
    step()
for name, clock in (("of processor time", time.thread_time), ("of wall time", time.perf_counter)):
    median = statistics.median(rate(clock) for _ in range(ROUNDS))
    print(f"{median:,.0f} images a second {name} (torch {torch.__version__})")
