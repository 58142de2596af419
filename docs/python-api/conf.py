"""Sphinx: the reference of the Python package and a tutorial that is run when it is built."""

import importlib.metadata

project = "cellmnn"
release = importlib.metadata.version("cellmnn")
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "myst_nb"]
autosummary_generate = True
autodoc_typehints = "none"  # the docstrings say it in words
napoleon_google_docstring = False
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
nb_execution_in_temp = True
html_theme = "alabaster"
html_theme_options = {"description": "Explicit single-cell dynamics from snapshots", "page_width": "1100px"}
