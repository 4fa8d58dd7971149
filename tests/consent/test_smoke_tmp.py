from tests.factories import *
def test_x(office):
    print(office.ask(consent(office.tenant)))
    print(office.codes(ANA), office.events())
def test_y(office):
    print(office.ask(withdrawal(office.tenant)))
    print(office.codes(ANA), office.events())
