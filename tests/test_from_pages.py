"""What pages say of two things compared: of each what it is, and not what is said of both alike."""

from pathlib import Path

from real_index import assistant_over

ONE = """# Zelumab

## Overview
Zelumab is an antibody against interleukin-9.

## Storage
While zelumab and velumab are both kept cold, only the box of zelumab is dark.
Zelumab is kept longer than others; both boxes differ.
Zelumab boxes are lighter than others; both differ in weight.
"""
OTHER = """# Velumab

## Overview
Velumab is an antibody against interleukin-8.
"""


def test_of_each_of_two_compared_what_it_is_comes_first(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"zelumab": ONE, "velumab": OTHER}).ask("zelumab vs velumab mechanism").text
    assert "interleukin-9" in text
    assert "interleukin-8" in text
