"""
What proof is asked for, by country, category and technology: dated rows with their sources.

Pure data.  It is the product's default and no legal advice: a row whose source is one credible text is ``high``, a
second-hand or partial one ``medium`` or ``low``, and ``default`` is our own care.  Gathered on 2026-11-22; the rows
of whole regions stand under the region's name.  A tenant may ask for more, and decide whether a lack is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from audit.entry import Json
from consent.proof.elements import ACT, COPY, SOON, TERM, WORDS, Duty

EVERYWHERE, EU = "*", "EU"
AS_OF = date(2026, 11, 22)

# The members of the European Union and, since the rule is that of the EEA as well, Iceland, Liechtenstein and Norway.
MEMBERS = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
_RECORDED = ("prerecorded", "ai_voice")
_MARKETING = ("marketing",)


@dataclass(frozen=True, slots=True)
class Row:
    """One duty: where, for what, since when, how sure we are, and where that was read."""

    jurisdiction: str
    categories: tuple[str, ...]
    elements: tuple[str, ...]
    why: str
    source: str
    confidence: str
    technologies: tuple[str, ...] | None = None  # None: any
    since: date | None = None  # None: since before anything here
    until: date | None = None  # the first day on which it is over

    def holds(self, category: str, technologies: Iterable[str], on: date) -> bool:
        """Whether it is asked for of a consent of this category to any of these technologies, given on this day."""
        return (
            category in self.categories
            and (self.technologies is None or any(each in self.technologies for each in technologies))
            and (self.since is None or self.since <= on)
            and (self.until is None or on < self.until)
        )

    def to_json(self) -> dict[str, Json]:
        """The row as the API shows it."""
        return {
            "jurisdiction": self.jurisdiction,
            "categories": self.categories,
            "technologies": self.technologies,
            "elements": self.elements,
            "since": None if self.since is None else self.since.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "why": self.why,
            "source": self.source,
            "confidence": self.confidence,
        }

    def duty(self) -> Duty:
        """The row as a grade names it."""
        return Duty(self.jurisdiction, self.elements, f"{self.why} ({self.confidence})", self.source)


_GDPR = "https://gdprhub.eu/index.php?title=Article_7_GDPR"
_BNETZA = "https://bundesnetzagentur.de/DE/Fachthemen/Telekommunikation/Unternehmenspflichten/Telefonwerbung/start.html"
_ES_PRESS = "https://www.boe.es/buscar/act.php?id=BOE-A-2023-15071"
_FR_LAW = (
    "https://cms.law/fr/fra/news-information/"
    "interdiction-prochaine-du-demarchage-telephonique-sans-consentement-prealable-du-consommateur"
)
_AT_LAW = "https://www.fedma.org/legalfacts/austria-lfp/marketing-austria-lfp/telemarketing-b2b-b2c-opt-in/"
_GB_ICO = (
    "https://cy.ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/guide-to-pecr/"
    "guidance-on-direct-marketing-using-live-calls/what-are-the-rules-on-live-direct-marketing-calls/"
)
_NL_LAW = "https://ddma.nl/legal/wetgeving/telemarketing/"
_PL_LAW = "https://radcaprawny.kirp.pl/archiwum/praktyka/zakaz-cold-callingu-w-prawie-komunikacji-elektronicznej"
_US_FCC = "https://www.govinfo.gov/content/pkg/FR-2024-03-05/html/2024-04587.htm"
_US_TSR = "http://federal.elaws.us/citation/89-FR-26783"
_CA_CRTC = "https://crtc.gc.ca/eng/phone/telemarketing/tobligations/rules-regles.htm"
_CO_LAW = "https://leyonline.co/laws/ley-2300-de-2023/articulo-5o"
_PE_LAW = "https://lpderecho.pe/indecopi-llamadas-telefonicas-no-deseadas-empresas"
_IN_TRAI = (
    "https://khaitanco.com/thought-leadership/"
    "Efforts-to-Curb-Spam-Continue-TRAI-Releases-Second-Amendment-to-the-TCCCPR-2018"
)
_SG_PDPA = "https://www.sorena.io/artifacts/apac/singapore-pdpa/faq/dnc-checking"
_KR_LAW = "https://ucol.ysu.ac.kr/kor/CMS/Contents/Contents.do?mCode=MN184"
_SA_CST = "https://www.cst.gov.sa/ar/regulations-and-licenses/decisions/Regulation-469"
_TR_LAW = (
    "https://oldwp.irglobal.com/article/"
    "turkey-to-centralize-marketing-consents-in-a-new-electronic-system-resembling-do-not-disturb-registries"
)
_IL_LAW = "https://www.law.co.il/en/news/2022/07/04/do-not-call-me-registry-to-start-operating-in-november/"
_KE_LAW = (
    "https://mondaq.co.uk/privacy-protection/1187296/"
    "unpacking-the-data-protection-general-regulations-2021-of-the-data-protection-act-24-of-2019"
)
_OURS = "product default"

_SHOWN, _WRITTEN = (WORDS, ACT), (WORDS, ACT, COPY)
_STATES = "state law asks for prior express written consent"

ROWS: Sequence[Row] = (
    Row(EVERYWHERE, _MARKETING, _SHOWN, "who relies on consent to advertise must show it", _OURS, "default"),
    Row(
        EU,
        ("marketing", "survey"),
        _SHOWN,
        "the controller must be able to demonstrate consent, art. 7(1) GDPR",
        _GDPR,
        "high",
    ),
    Row(
        "DE",
        _MARKETING,
        (WORDS, ACT, SOON),
        "consent is documented in suitable form at the moment it is given, §7a UWG",
        _BNETZA,
        "high",
        since=date(2022, 7, 7),
    ),
    Row("AT", _MARKETING, _SHOWN, "prior consent, also to ask for consent, §174 TKG 2021", _AT_LAW, "high"),
    Row(
        "ES",
        _MARKETING,
        (TERM,),
        "consent is to be renewed after two years, Ley 10/2025 as reported",
        _ES_PRESS,
        "medium",
        since=date(2025, 12, 28),
    ),
    Row(
        "FR",
        _MARKETING,
        _WRITTEN,
        "a clear positive act, which the business must be able to prove, Loi 2025-594 art. 13",
        _FR_LAW,
        "medium",
        since=date(2026, 8, 11),
    ),
    Row(
        "NL",
        _MARKETING,
        _SHOWN,
        "opt-in, with the burden on the business, art. 11.7 Tw",
        _NL_LAW,
        "high",
        since=date(2021, 7, 1),
    ),
    Row("PL", _MARKETING, _SHOWN, "consent of GDPR quality, apart for automated systems", _PL_LAW, "high"),
    Row(
        "GB",
        _MARKETING,
        _SHOWN,
        "the person told this caller clearly that they want its calls, PECR reg. 21",
        _GB_ICO,
        "high",
    ),
    Row("US", _MARKETING, _WRITTEN, "prior express written consent, 47 CFR 64.1200(a)(2)", _US_FCC, "high", _RECORDED),
    Row(
        "US",
        ("service",),
        (ACT,),
        "prior express consent to prerecorded or artificial voices",
        _US_FCC,
        "high",
        _RECORDED,
    ),
    Row(
        "US",
        _MARKETING,
        (WORDS, ACT),
        "records of consent are kept five years, 16 CFR 310.5",
        _US_TSR,
        "high",
        since=date(2024, 5, 16),
    ),
    Row("US-FL", _MARKETING, _WRITTEN, _STATES, _US_FCC, "medium", _RECORDED),
    Row("US-MD", _MARKETING, _WRITTEN, _STATES, _US_FCC, "medium", _RECORDED, date(2024, 1, 1)),
    Row("US-CT", _MARKETING, _WRITTEN, _STATES, _US_FCC, "medium"),
    Row(
        "CA", _MARKETING, _SHOWN, "express consent to automated dialling and announcing", _CA_CRTC, "medium", _RECORDED
    ),
    Row("CO", _MARKETING, _SHOWN, "consent for each channel, Ley 2300 de 2023", _CO_LAW, "high"),
    Row(
        "PE",
        _MARKETING,
        _SHOWN,
        "consent given on the consumer's own initiative, informed, express and unequivocal",
        _PE_LAW,
        "high",
    ),
    Row(
        "IN",
        _MARKETING,
        _SHOWN,
        "explicit consent is recorded with its words and its validity, TCCCPR",
        _IN_TRAI,
        "medium",
    ),
    Row(
        "SG",
        _MARKETING,
        (WORDS, COPY),
        "clear consent in written or otherwise accessible form, PDPA",
        _SG_PDPA,
        "medium",
    ),
    Row("KR", _MARKETING, _SHOWN, "prior express consent", _KR_LAW, "high"),
    Row("SA", _MARKETING, _SHOWN, "prior consent to promotional calls", _SA_CST, "medium"),
    Row("TR", _MARKETING, _SHOWN, "prior approval, with the burden on the sender", _TR_LAW, "high"),
    Row("IL", _MARKETING, (WORDS, ACT, TERM), "explicit separate consent, which ends after a year", _IL_LAW, "medium"),
    Row("KE", _MARKETING, _SHOWN, "prior consent to direct marketing", _KE_LAW, "medium"),
)


def places_of(jurisdiction: str | None) -> tuple[str, ...]:
    """The names under which rows about a place stand, the closest first: ``ES-MD``, ``ES``, ``EU``, ``*``."""
    if jurisdiction is None:
        return (EVERYWHERE,)
    country = jurisdiction.partition("-")[0]
    region = (EU,) if country in MEMBERS else ()
    return tuple(dict.fromkeys((jurisdiction, country, *region, EVERYWHERE)))


def duties_of(
    jurisdictions: Iterable[str | None], category: str, technologies: Sequence[str], on: date
) -> tuple[Duty, ...]:
    """What is asked for of a consent given on this day where it may have to stand, the closest place first."""
    places = list(dict.fromkeys(place for each in jurisdictions for place in places_of(each)))
    found = [row for row in ROWS if row.jurisdiction in places and row.holds(category, technologies, on)]
    return tuple(row.duty() for row in sorted(found, key=lambda row: places.index(row.jurisdiction)))


def boundaries() -> tuple[date, ...]:
    """The days on which a row begins or ends, in order: between two of them the same is asked for."""
    return tuple(sorted({day for row in ROWS for day in (row.since, row.until) if day is not None}))
