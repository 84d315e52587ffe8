"""The same ranking behind llama-index's interfaces, so that its other retrievers, stores and rerankers fit in.

Nothing else of wardbook imports llama-index; importing it costs seconds, so the one-shot command calls
`ranking.rank_passages` directly, and long-running paths come through here.
"""

from collections.abc import Sequence

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from wardbook.corpus.passage import Passage
from wardbook.index.opened import Index
from wardbook.retrieval.ranking import Rank, Ranked, rank_passages


class PassageRetriever(BaseRetriever):
    """Passages of an opened index as llama-index nodes.

    A bundle's `query_str` is the question; `custom_embedding_strs`, where given, the question with expansions.
    """

    def __init__(self, index: Index, k: int) -> None:
        """Give up to `k` nodes a query."""
        super().__init__()
        self._wardbook_index = index
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        expanded = " ".join(query_bundle.custom_embedding_strs or [])
        ranked = rank_passages(self._wardbook_index, query_bundle.query_str, expanded, self._k)
        return [to_node(each) for each in ranked]


def to_node(ranked: Ranked) -> NodeWithScore:
    """Give a passage as a node; metadata holds what is needed to make the passage again."""
    passage = ranked.passage
    metadata = {
        "page": passage.page,
        "section": passage.section,
        "lines": list(passage.lines),
        "kind": passage.kind,
        "title": passage.title,
        "path": list(passage.path),
        "dense": ranked.dense,
        "words": ranked.words,
    }
    return NodeWithScore(node=TextNode(id_=str(ranked.id), text=passage.text, metadata=metadata), score=ranked.score)


def from_node(found: NodeWithScore) -> Ranked:
    """Give a node of `to_node`, perhaps scored anew by a postprocessor, as a ranked passage."""
    data = found.node.metadata
    first, last = data["lines"]
    passage = Passage(
        data["page"],
        data["section"],
        (int(first), int(last)),
        data["kind"],
        data["title"],
        tuple(data["path"]),
        found.node.get_content(),
        (),
    )
    return Ranked(int(found.node.node_id), passage, found.score or 0.0, data["dense"], data["words"])


def pipeline(index: Index, postprocessors: Sequence[BaseNodePostprocessor] = ()) -> Rank:
    """Give a ranking function that runs through llama-index: its retriever, then node postprocessors in order."""

    def rank(query: str, expanded: str, k: int) -> list[Ranked]:
        bundle = QueryBundle(query, custom_embedding_strs=[expanded] if expanded else None)
        nodes = PassageRetriever(index, k).retrieve(bundle)
        for each in postprocessors:
            nodes = each.postprocess_nodes(nodes, query_bundle=bundle)
        return [from_node(node) for node in nodes]

    return rank
