"""
How errors about wishes and about the life of a consent are answered.
"""

from consent import errors as people
from server.problem import Problem

WISHES: dict[type[Exception], Problem] = {
    people.LifeOutOfOrder: Problem(422, "life-out-of-order", "The dates are in the wrong order"),
    people.ConfirmationUnknown: Problem(404, "confirmation-unknown", "Nothing waits to be confirmed"),
    people.ConfirmationLapsed: Problem(409, "confirmation-lapsed", "It is too late to confirm"),
    people.ConfirmationClosed: Problem(409, "confirmation-closed", "The person has said no since"),
    people.WishSaysNothing: Problem(422, "wish-says-nothing", "This is no wish"),
    people.WishesTooMany: Problem(409, "wishes-too-many", "There is no room for another wish"),
    people.WishUnknown: Problem(404, "wish-unknown", "There is no such wish"),
    people.EndsBeforeWished: Problem(422, "ends-before-wished", "Over before it was said", pointer="/ended_at"),
    people.NotThePersonsAct: Problem(422, "not-the-persons-act", "Only the person does this"),
}
