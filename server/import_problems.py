"""
What is answered where a file cannot be imported, or a list not be made.
"""

from consent.blocklists import errors as blocklists
from consent.imports import errors as imports
from server.problem import Problem

IMPORTS: dict[type[Exception], Problem] = {
    imports.FileUnreadable: Problem(422, "file-unreadable", "The file cannot be imported"),
    imports.ColumnUnknown: Problem(422, "column-unknown", "A column that nothing is made of", members=("nearest",)),
    imports.OptionWrong: Problem(422, "option-wrong", "An option that cannot be followed"),
    imports.FileDiffers: Problem(422, "file-differs", "Another file was begun under this key", members=("rows",)),
    blocklists.VendorSenderMissing: Problem(422, "vendor-sender-missing", "The vendor's sender is missing"),
    imports.ImportUnknown: Problem(404, "import-unknown", "There is no such import"),
    imports.ImportOver: Problem(409, "import-over", "The import is over", members=("state",)),
    imports.ImportMoved: Problem(409, "import-moved", "The same file is being sent by somebody else"),
    imports.ImportInterrupted: Problem(503, "import-interrupted", "The database is away", members=("rows",)),
}
