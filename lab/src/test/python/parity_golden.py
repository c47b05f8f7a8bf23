"""Makes lab/src/test/resources/golden/parity.json: what kornia, Keras and torchgan compute, run as
published.

    python parity_golden.py KORNIA_CHECKOUT KERAS_CHECKOUT TORCHGAN_CHECKOUT > parity.json

Needs torch and numpy only. What they import besides, and do not use in a loss, is replaced by
empty modules. Everything is computed in float64.
"""
import importlib.abc
import importlib.machinery
import json
import os
import subprocess
import sys
import types

kornia_home, keras_home, torchgan_home = sys.argv[1:4]


class Empty(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (object,), {"__init__": lambda self, *a, **k: None})


class EmptyModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    NAMES = {"absl", "rich", "h5py", "optree", "namex", "ml_dtypes", "tensorflow", "jax", "kornia_rs",
             "torchvision", "tensorboardX", "visdom"}

    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in self.NAMES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = Empty(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


class Export:
    def __init__(self, package, path):
        self.path = path

    def __call__(self, symbol):
        return symbol


sys.meta_path.insert(0, EmptyModules())
import namex  # noqa: E402

namex.export = Export
os.environ["KERAS_BACKEND"] = "torch"
sys.path[:0] = [kornia_home, keras_home, torchgan_home]

import torch  # noqa: E402
import keras.src.losses.losses as keras_losses  # noqa: E402
import kornia.losses as kornia_losses  # noqa: E402
import torchgan.losses.functional as torchgan_losses  # noqa: E402


def source(home, path):
    head = subprocess.run(
        ["git", "-C", home, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    return f"{path} @{head} (torch {torch.__version__}, float64)"


def dense(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def integers(tensor):
    return {**dense(tensor), "dtype": "int64"}


def case(name, fn, origin, params, call, inputs, reduction, note="", leaves=1):
    """One case; `call` gets the inputs, the first `leaves` of which are differentiated."""
    given = {k: v.clone() for k, v in inputs.items()}
    differentiated = list(given)[:leaves]
    for k in differentiated:
        given[k].requires_grad_(True)
    value = call(*given.values())
    value.sum().backward()
    return {
        "name": name,
        "fn": fn,
        "source": origin,
        "params": params,
        "inputs": {k: dense(v) if v.is_floating_point() else integers(v) for k, v in inputs.items()},
        "value": dense(value if value.dim() else value.reshape(1)),
        "gradient": {k: dense(given[k].grad) for k in differentiated},
        "reduction": reduction,
        "rtol": 1e-9,
        "atol": 1e-12,
        "note": note,
    }


torch.manual_seed(7)
kornia = "kornia/kornia:kornia/losses/"
keras = "keras-team/keras:keras/src/losses/losses.py"
logits = 3 * torch.randn(2, 3, 4, dtype=torch.float64)
targets = (torch.rand(2, 3, 4) < 0.4).double()
labels = torch.randint(3, (2, 4))
ignored = labels.clone()
ignored[0, 1] = ignored[1, 3] = -100
rows = 3 * torch.randn(5, 3, dtype=torch.float64)
row_targets = (torch.rand(5, 3) < 0.4).double()
one_hot = torch.nn.functional.one_hot(torch.randint(3, (5,)), 3).double()
dx = 2 * torch.randn(5, 1, dtype=torch.float64)
dgz = 2 * torch.randn(5, 1, dtype=torch.float64)
maps = 2 * torch.randn(2, 3, 4, 5, dtype=torch.float64)
map_labels = torch.randint(3, (2, 4, 5))

cases = [
    case(
        "kornia_binary",
        "kornia.binary_focal_loss_with_logits",
        source(kornia_home, kornia + "focal.py"),
        {"alpha": 0.25, "gamma": 2.0},
        lambda x, y: kornia_losses.binary_focal_loss_with_logits(x, y, alpha=0.25, gamma=2.0),
        {"logits": logits, "targets": targets},
        "none",
    ),
    case(
        "kornia_softmax_mean",
        "kornia.focal_loss",
        source(kornia_home, kornia + "focal.py"),
        {"alpha": None, "gamma": 2.0},
        lambda x, y: kornia_losses.focal_loss(x, y, alpha=None, gamma=2.0, reduction="mean"),
        {"logits": logits, "labels": labels},
        "mean over batch, classes and positions",
    ),
    case(
        "kornia_softmax_alpha",
        "kornia.focal_loss",
        source(kornia_home, kornia + "focal.py"),
        {"alpha": 0.25, "gamma": 2.0},
        lambda x, y: kornia_losses.focal_loss(x, y, alpha=0.25, gamma=2.0, reduction="sum"),
        {"logits": logits, "labels": labels},
        "sum",
        "class 0 weighs 1 - alpha, every other class alpha",
    ),
    case(
        "kornia_softmax_ignored",
        "kornia.focal_loss",
        source(kornia_home, kornia + "focal.py"),
        {"alpha": None, "gamma": 2.0, "ignore_index": -100},
        lambda x, y: kornia_losses.focal_loss(x, y, alpha=None, gamma=2.0, reduction="mean"),
        {"logits": logits, "labels": ignored},
        "mean over batch, classes and positions, ignored ones included",
    ),
    case(
        "kornia_dice_macro",
        "kornia.dice_loss",
        source(kornia_home, kornia + "dice.py"),
        {"average": "macro", "eps": 1e-8},
        lambda x, y: kornia_losses.dice_loss(x, y, average="macro"),
        {"logits": maps, "labels": map_labels},
        "mean over batch and classes",
    ),
    case(
        "keras_binary",
        "keras.binary_focal_crossentropy",
        source(keras_home, keras),
        {"apply_class_balancing": True, "alpha": 0.25, "gamma": 2.0, "from_logits": True},
        lambda x, y: keras_losses.binary_focal_crossentropy(
            y, x, apply_class_balancing=True, alpha=0.25, gamma=2.0, from_logits=True
        ).mean(),
        {"logits": rows, "targets": row_targets},
        "mean",
    ),
    case(
        "keras_categorical",
        "keras.categorical_focal_crossentropy",
        source(keras_home, keras),
        {"alpha": 0.25, "gamma": 2.0, "from_logits": True},
        lambda x, y: keras_losses.categorical_focal_crossentropy(
            y, x, alpha=0.25, gamma=2.0, from_logits=True
        ).mean(),
        {"logits": rows, "targets": one_hot},
        "mean over the batch",
    ),
    case(
        "torchgan_least_squares",
        "torchgan.least_squares_discriminator_loss",
        source(torchgan_home, "torchgan/torchgan:torchgan/losses/functional.py"),
        {"a": -1.0, "b": 1.0},
        lambda x, g: torchgan_losses.least_squares_discriminator_loss(x, g, a=-1.0, b=1.0),
        {"dx": dx, "dgz": dgz},
        "mean",
        leaves=2,
    ),
    case(
        "torchgan_minimax",
        "torchgan.minimax_discriminator_loss",
        source(torchgan_home, "torchgan/torchgan:torchgan/losses/functional.py"),
        {"label_smoothing": 0.1},
        lambda x, g: torchgan_losses.minimax_discriminator_loss(x, g, label_smoothing=0.1),
        {"dx": dx, "dgz": dgz},
        "mean",
        leaves=2,
    ),
]
print("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]")
