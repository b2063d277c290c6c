"""The page for people: choose, drop or paste files, and read what CMS would say about them.

What is shown of a file is made by functions of bytes that return text, so that a process of the pool can make it and
no tree travels. Nothing of a file is kept: what is wanted of it later (identifiers, a download) is asked for with the
file once more.
"""
