"""Iterations a second of optimising a picture's pixels in Python's PyTorch.

The loop of `./perdita stylize --content A --style B --features FILE --size 256 --threads N`, which
prints the same number: the distilled VGG-19 from the same file, one content and four style layers,
the pixels' own style, total variation, Adam, pixels cut to [0, 1]. Run the two by turns, on a
machine that does nothing else; needs torch and nothing more:

    python3 bench/python/gatys.py vgg19_16x_encoder4.safetensors [THREADS [SIDE]]
"""

import json
import statistics
import struct
import sys
import time

import torch
from torch.nn import functional as F

FILE = sys.argv[1]
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
SIDE = int(sys.argv[3]) if len(sys.argv) > 3 else 256
ITERATIONS = 20
ROUNDS = 5
LAYERS = ["11", "12", "pool", "21", "22", "pool", "31", "32", "33", "34", "pool", "41"]
STYLE = ("pixels", "11", "21", "31", "41")
CONTENT = "31"

torch.set_num_threads(THREADS)
torch.manual_seed(1)


def read(file):
    with open(file, "rb") as f:
        size = struct.unpack("<Q", f.read(8))[0]
        header = json.loads(f.read(size))
        data = bytearray(f.read())
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            numbers = torch.frombuffer(data[start:end], dtype=torch.float32)
            weights[name] = numbers.reshape(entry["shape"]).clone()
    return weights


weights = read(FILE)


def features(x):
    found = {"pixels": x}
    x = F.conv2d(x, weights["conv0.weight"], weights["conv0.bias"])
    for layer in LAYERS:
        if layer == "pool":
            x = F.max_pool2d(x, 2)
        else:
            x = F.pad(x, (1, 1, 1, 1), mode="reflect")
            x = F.relu(F.conv2d(x, weights[f"conv{layer}.weight"], weights[f"conv{layer}.bias"]))
            found[layer] = x
    return found


def gram(f):
    flat = f.flatten(2)
    return flat @ flat.transpose(1, 2) / (flat.shape[1] * flat.shape[2])


content, style = torch.rand(2, 1, 3, SIDE, SIDE)
with torch.no_grad():
    wanted = features(content)[CONTENT]
    grams = {layer: gram(features(style)[layer]) for layer in STYLE}
pixels = content.clone().requires_grad_()
optimizer = torch.optim.Adam([pixels], lr=0.03, betas=(0.9, 0.99))


def step():
    optimizer.zero_grad()
    found = features(pixels)
    loss = F.mse_loss(found[CONTENT], wanted)
    for layer in STYLE:
        loss = loss + 5 * ((gram(found[layer]) - grams[layer]) ** 2).sum()
    right = pixels[:, :, :-1, 1:] - pixels[:, :, :-1, :-1]
    down = pixels[:, :, 1:, :-1] - pixels[:, :, :-1, :-1]
    loss = loss + 1e-5 * ((right ** 2).sum() + (down ** 2).sum())
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        pixels.clamp_(0, 1)
    return loss.item()


def rate(clock):
    start = clock()
    for _ in range(ITERATIONS):
        step()
    return ITERATIONS / (clock() - start)


for _ in range(ITERATIONS):
    step()
clocks = [("of wall time", time.perf_counter)]
if THREADS == 1:
    clocks.append(("of processor time", time.thread_time))
for name, clock in clocks:
    median = statistics.median(rate(clock) for _ in range(ROUNDS))
    print(f"{median:.1f} iterations a second {name}, {THREADS} threads (torch {torch.__version__})")
