"""The faults this project raises on purpose; each message says what is wrong and what to do.

NavigatorError
|-- CorpusError        the corpus folder, or a file that describes it, can't be used
|-- IndexMissing       there is no index where one was expected
|-- IndexMismatch      the index was built by another encoder or format, or is damaged
|-- ModelUnavailable   an encoder or chat model can't be loaded or reached
`-- UsageError         an argument, a case file or an address can't be used as given
"""


class NavigatorError(Exception):
    """A fault to show as one line; the command line tools exit with 1 on it."""


class CorpusError(NavigatorError):
    """The corpus folder, or a file that describes it, can't be used as it is."""


class IndexMissing(NavigatorError):
    """No index was found; the message names the command that builds one."""


class IndexMismatch(NavigatorError):
    """The index is damaged, or was built with other encoders or another format."""


class ModelUnavailable(NavigatorError):
    """An encoder or a chat model could not be loaded or did not answer."""


class UsageError(NavigatorError):
    """An argument, an input file or an address can't be used as given."""
