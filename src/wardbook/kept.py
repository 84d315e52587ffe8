"""How much the caches that questions fill may keep.

What pages say is asked for by many questions: a cache of it is to hold a corpus. What one question says does not come
back: in a service whose caches have room for tens of thousands of texts, questions fill them for hours, and memory
grows as long. A cache that is full lets go of what was not asked for the longest, and that are the words of questions
gone by, while texts of the pages stay.
"""

OF_QUESTIONS = 256
"""Entries of a cache of words of the question alone: the steps of one answer, and a conversation's turns."""
OF_BOTH = 2048
"""Entries of a cache of words of the question, one or two a question, and of those of the pages it is held against."""
OF_PARTS = 8192
"""The same for what is read of each part of the question, and of each row and cell that may answer it."""
