"""Reading pages needs none of the heavy libraries."""

import subprocess
import sys


def test_the_reader_loads_neither_models_nor_indexes() -> None:
    code = (
        "import sys, pkgutil, importlib, wardbook.corpus as c\n"
        "for m in pkgutil.iter_modules(c.__path__): importlib.import_module('wardbook.corpus.' + m.name)\n"
        "heavy = {'torch', 'faiss', 'llama_index', 'numpy', 'onnxruntime', 'fastapi', 'sentence_transformers'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
