"""The same ranking through llama-index: its nodes come back as they went in, and its postprocessors take part."""

from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.schema import QueryBundle

from real_index import assistant
from wardbook.retrieval.ranking import rank_passages
from wardbook.retrieval.retriever import PassageRetriever, from_node, pipeline, to_node


def test_nodes_have_scores_and_where_they_stand() -> None:
    found = PassageRetriever(assistant()._opened.index, 4).retrieve(QueryBundle("zelumab seizures"))
    assert len(found) == 4
    assert found[0].node.metadata["page"] == "mitigations/zelumab"
    assert found[0].score is not None
    assert "seizures" in found[0].node.get_content()


def test_a_passage_comes_back_as_it_went_in() -> None:
    for each in rank_passages(assistant()._opened.index, "zelumab dose", "", 10):
        back = from_node(to_node(each))
        assert (back.id, back.score, back.dense, back.words) == (each.id, each.score, each.dense, each.words)
        for name in ("page", "section", "lines", "kind", "title", "path", "text"):
            assert getattr(back.passage, name) == getattr(each.passage, name)


def test_the_pipeline_ranks_as_the_short_way() -> None:
    index = assistant()._opened.index
    for query, wide in (("zelumab dose", ""), ("toci", "toci tocilizumab"), ("", "")):
        own = rank_passages(index, query, wide, 10)
        assert [(each.id, each.score) for each in pipeline(index)(query, wide, 10)] == [
            (each.id, each.score) for each in own
        ]


def test_a_postprocessor_of_llama_index_takes_its_place() -> None:
    index = assistant()._opened.index
    everything = pipeline(index)("zelumab dose", "", 20)
    cutoff = everything[4].score
    kept = pipeline(index, [SimilarityPostprocessor(similarity_cutoff=cutoff)])("zelumab dose", "", 20)
    assert [each.id for each in kept] == [each.id for each in everything if each.score >= cutoff]
    assert 0 < len(kept) < 20
