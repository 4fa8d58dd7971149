"""
From what can go wrong with registers to answers.
"""

from consent.registers import errors as lists
from server.problem import Problem

REGISTERS: dict[type[Exception], Problem] = {
    lists.RegisterNameInvalid: Problem(422, "register-name-invalid", "Not a name of a register"),
    lists.RegisterUnknown: Problem(404, "register-unknown", "The register is not loaded"),
    lists.RegisterCountryUnknown: Problem(422, "register-country-unknown", "There is no such country"),
    lists.RegisterDateAhead: Problem(422, "register-date-ahead", "The list is as of the future"),
    lists.RegisterNotText: Problem(422, "register-not-text", "The file is no text"),
    lists.RegisterColumnUnknown: Problem(422, "register-column-unknown", "There is no such column"),
    lists.RegisterUnreadable: Problem(
        422, "register-unreadable", "Too many lines are no numbers", ("unreadable", "at")
    ),
    lists.RegisterShrunk: Problem(409, "register-shrunk", "The list has too few numbers", ("numbers", "former")),
    lists.RegisterOlder: Problem(409, "register-older", "The list in force is newer"),
    lists.RegisterBusy: Problem(409, "register-busy", "A register is being loaded"),
    lists.RegisterBroken: Problem(409, "register-broken", "The register was not loaded"),
}
