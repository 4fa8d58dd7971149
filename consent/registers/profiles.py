"""
What is known of the registers that the packs name: whose they are, how their files write numbers, what being listed means.

Whoever loads a file may say otherwise of all of it; a register that is not here is loaded as a list of exclusions whose
numbers are written with their country's code.
"""

from dataclasses import dataclass

from consent.registers.models import CONSENTS, EXCLUSIONS


@dataclass(frozen=True, slots=True)
class Profile:
    """One register; ``columns`` are those that make up a number, where its files have several."""

    title: str
    country: str | None = None
    lists: str = EXCLUSIONS
    columns: tuple[str, ...] = ()


UNKNOWN = Profile("")
PROFILES = {
    "ae-dncr": Profile("United Arab Emirates: Do Not Call Registry", "AE"),
    "au-dncr": Profile("Australia: Do Not Call Register", "AU"),
    "bloctel": Profile("France: Bloctel", "FR"),
    "ca-dncl": Profile("Canada: National Do Not Call List", "CA"),
    "ch-asterisk": Profile("Switzerland: directory entries with an asterisk", "CH"),
    "dncm": Profile("Belgium: Do Not Call Me", "BE"),
    "il-dnc": Profile("Israel: Do Not Call Me", "IL"),
    "iys": Profile("Türkiye: İleti Yönetim Sistemi", "TR", CONSENTS),
    "nao-me-perturbe": Profile("Brazil: Não Me Perturbe", "BR"),
    "ng-dnd": Profile("Nigeria: Do Not Disturb", "NG"),
    "no-llame": Profile("Argentina: No Llame", "AR"),
    "nz-dnc": Profile("New Zealand: Do Not Call list", "NZ"),
    "repep": Profile("Mexico: REPEP", "MX"),
    "rne": Profile("Colombia: Registro de Números Excluidos", "CO"),
    "robinson": Profile("Spain: Lista Robinson", "ES"),
    "rpo": Profile("Italy: Registro Pubblico delle Opposizioni", "IT"),
    "sg-dnc-voice": Profile("Singapore: No Voice Call Register", "SG"),
    "tps": Profile("United Kingdom: Telephone Preference Service", "GB"),
    # Its flat file writes the area code and the rest of the number as two columns.
    "us-dnc": Profile("United States: National Do Not Call Registry", "US", columns=("1", "2")),
    "za-opt-out": Profile("South Africa: opt-out registry", "ZA"),
}


def profile_of(register: str) -> Profile:
    """What is known of a register by name."""
    return PROFILES.get(register, UNKNOWN)
