# The peers of training.ts: the same networks on rows of the same shape, one JSON line a measurement.
#   python training.py LIBRARY CASE BATCH EPOCHS
import json, resource, sys, time
import numpy as np

library, case, batch, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
random = np.random.default_rng(1)
if case == 'mlp':
    rows = 20_000
    x = random.uniform(-1, 1, (rows, 50)).astype('float32')
    y = (x[:, 0] + x[:, 1] > 0).astype('int64')
elif case == 'cnn':
    rows = 4_096
    x = random.uniform(0, 1, (rows, 784)).astype('float32')
    y = random.integers(0, 10, rows)
else:
    rows = 20_000
    x = np.concatenate([random.uniform(-1, 1, (rows, 10)), random.integers(0, 100, (rows, 20))], 1).astype('float32')
    y = (x[:, 0] + x[:, 1] > 0).astype('int64')


def torch_epochs(compiled=False, device='cpu'):
    import torch
    from torch import nn
    torch.set_num_threads(2)

    class Tabular(nn.Module):
        def __init__(self):
            super().__init__()
            self.tables = nn.ModuleList(nn.Embedding(100, 8) for _ in range(20))
            self.body = nn.Sequential(nn.Linear(170, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 2))
        def forward(self, x):
            codes = x[:, 10:].long()
            return self.body(torch.cat([x[:, :10]] + [t(codes[:, i]) for i, t in enumerate(self.tables)], 1))

    model = {
        'mlp': lambda: nn.Sequential(nn.Linear(50, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 2)),
        'cnn': lambda: nn.Sequential(
            nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3136, 10)),
        'tabular': Tabular,
    }[case]().to(device)
    loss_of = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters())
    forward = torch.compile(model) if compiled else model
    data, labels = torch.tensor(x, device=device), torch.tensor(y, device=device)
    def epoch():
        order = torch.randperm(rows, device=device)
        for i in range(0, rows, batch):
            k = order[i:i + batch]
            optimizer.zero_grad()
            loss_of(forward(data[k]), labels[k]).backward()
            optimizer.step()
        if device == 'cuda': torch.cuda.synchronize()
    return epoch


def keras_epochs():
    import os
    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(2)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    L = tf.keras.layers
    if case == 'tabular':
        given = tf.keras.Input((30,))
        parts = [L.Lambda(lambda v: v[:, :10], output_shape=(10,))(given)]
        for i in range(20):
            one = L.Lambda(lambda v, i=i: tf.cast(v[:, 10 + i], 'int32'), output_shape=())(given)
            parts.append(L.Embedding(100, 8)(one))
        h = L.Concatenate()(parts)
        for units in (128, 64): h = L.Dense(units, 'relu')(h)
        model = tf.keras.Model(given, L.Dense(2)(h))
    else:
        model = tf.keras.Sequential({
            'mlp': [tf.keras.Input((50,)), L.Dense(128, 'relu'), L.Dense(64, 'relu'), L.Dense(2)],
            'cnn': [tf.keras.Input((784,)), L.Reshape((28, 28, 1)), L.Conv2D(32, 3, padding='same', activation='relu'),
                    L.MaxPool2D(), L.Conv2D(64, 3, padding='same', activation='relu'), L.MaxPool2D(), L.Flatten(), L.Dense(10)],
        }[case])
    model.compile('adam', tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return lambda: model.fit(x, y, batch_size=batch, epochs=1, verbose=0)


def sklearn_epochs():
    from sklearn.neural_network import MLPClassifier
    if case != 'mlp': raise SystemExit(0)
    model = MLPClassifier((128, 64), batch_size=batch, max_iter=1, early_stopping=False)
    return lambda: model.partial_fit(x, y, classes=[0, 1])


epoch = {
    'torch': torch_epochs,
    'torch.compile': lambda: torch_epochs(compiled=True),
    'torch·cuda': lambda: torch_epochs(device='cuda'),
    'keras': keras_epochs,
    'sklearn': sklearn_epochs,
}[library]()
began = time.perf_counter()
epoch()
first = time.perf_counter() - began
best, cpu = float('inf'), float('inf')
for _ in range(epochs):
    t, c = time.perf_counter(), time.process_time()
    epoch()
    best, cpu = min(best, time.perf_counter() - t), min(cpu, time.process_time() - c)
print(json.dumps({
    'rowsPerSecond': round(rows / best), 'rowsPerCpuSecond': round(rows / cpu), 'firstEpoch': round(first, 3),
    'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
