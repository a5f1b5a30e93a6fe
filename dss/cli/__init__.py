"""The command line: one module per command, wiring only.

To add ``dss NAME`` write ``dss/cli/NAME.py`` with a click command called ``command`` and add its line
to :mod:`.commands`. ``dss GROUP NAME`` is ``dss/cli/GROUP_NAME.py``; ``-`` becomes ``_``, a Python keyword
gets a ``_`` at its end (``import_.py``). A command parses options (:mod:`.options`), calls one service
function and prints (:mod:`.output`); faults leave it as :class:`~dss_tokens.errors.DssError`, which
:mod:`.main` prints as diagnostics, as text or JSON, and turns into the exit status. Heavy imports belong
into the command's function.
"""
