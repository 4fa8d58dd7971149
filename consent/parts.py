"""
Parts of countries that lie across several time zones (ISO 3166-2), by the zones that their people live in.

Sources: the comments of the tz database (``zone.tab`` and the files of its continents, 2026f) for the zones, ISO 3166-2
for the codes; for Kazakhstan the codes before and after 2022.  A part stands under every zone that any of its people
live in.  Parts of parts (a province of Spain, an island of Indonesia) are left out: whoever is in one must not escape a
rule about the whole.  A test holds the table against ``zone.tab`` and the area codes of the United States and Canada.
"""

from collections.abc import Mapping
from types import MappingProxyType

_UNITED_STATES = {
    "America/New_York": "CT DC DE FL GA KY MA MD ME NC NH NJ NY OH PA RI SC TN VA VT WV",
    "America/Detroit": "MI",
    "America/Kentucky/Louisville": "IN KY",
    "America/Kentucky/Monticello": "KY",
    "America/Indiana/Indianapolis": "IN",
    "America/Indiana/Vincennes": "IN",
    "America/Indiana/Winamac": "IN",
    "America/Indiana/Marengo": "IN",
    "America/Indiana/Petersburg": "IN",
    "America/Indiana/Vevay": "IN",
    "America/Indiana/Tell_City": "IN",
    "America/Indiana/Knox": "IN",
    "America/Chicago": "AL AR FL IA IL IN KS KY LA MN MO MS ND NE OK SD TN TX WI",
    "America/Menominee": "MI",
    "America/North_Dakota/Center": "ND",
    "America/North_Dakota/New_Salem": "ND",
    "America/North_Dakota/Beulah": "ND",
    "America/Denver": "AZ CO KS MT ND NE NM NV SD TX UT WY",  # In Arizona, the Navajo Nation.
    "America/Boise": "ID NV OR",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA ID NV OR WA",
    "America/Anchorage": "AK",
    "America/Juneau": "AK",
    "America/Sitka": "AK",
    "America/Metlakatla": "AK",
    "America/Yakutat": "AK",
    "America/Nome": "AK",
    "America/Adak": "AK",
    "Pacific/Honolulu": "HI",
}
_CANADA = {
    "America/St_Johns": "NL",
    "America/Goose_Bay": "NL",
    "America/Halifax": "NS PE QC",  # In Quebec, the Magdalen Islands.
    "America/Glace_Bay": "NS",
    "America/Moncton": "NB",
    "America/Blanc-Sablon": "QC",
    "America/Toronto": "ON QC",
    "America/Atikokan": "NU ON",
    "America/Iqaluit": "NU",
    "America/Winnipeg": "MB ON",
    "America/Resolute": "NU",
    "America/Rankin_Inlet": "NU",
    "America/Cambridge_Bay": "NU",
    "America/Regina": "SK",
    "America/Swift_Current": "SK",
    "America/Edmonton": "AB BC NT SK",
    "America/Inuvik": "NT",
    "America/Vancouver": "BC",
    "America/Creston": "BC",
    "America/Dawson_Creek": "BC",
    "America/Fort_Nelson": "BC",
    "America/Whitehorse": "YT",
    "America/Dawson": "YT",
}
_AUSTRALIA = {
    "Australia/Lord_Howe": "NSW",
    "Antarctica/Macquarie": "TAS",
    "Australia/Hobart": "TAS",
    "Australia/Melbourne": "VIC",
    "Australia/Sydney": "ACT NSW",
    "Australia/Broken_Hill": "NSW",
    "Australia/Brisbane": "QLD",
    "Australia/Lindeman": "QLD",
    "Australia/Adelaide": "SA",
    "Australia/Darwin": "NT",
    "Australia/Perth": "WA",
    "Australia/Eucla": "WA",
}
_BRAZIL = {
    "America/Noronha": "PE",
    "America/Belem": "AP PA",
    "America/Fortaleza": "CE MA PB PI RN",
    "America/Recife": "PE",
    "America/Araguaina": "TO",
    "America/Maceio": "AL SE",
    "America/Bahia": "BA",
    "America/Sao_Paulo": "DF ES GO MG PR RJ RS SC SP",
    "America/Campo_Grande": "MS",
    "America/Cuiaba": "MT",
    "America/Santarem": "PA",
    "America/Porto_Velho": "RO",
    "America/Boa_Vista": "RR",
    "America/Manaus": "AM",
    "America/Eirunepe": "AM",
    "America/Rio_Branco": "AC",
}
_CHILE = {
    "America/Santiago": "AN AP AR AT BI CO LI LL LR ML NB RM TA VS",
    "America/Coyhaique": "AI",
    "America/Punta_Arenas": "MA",
    "Pacific/Easter": "VS",
}
_CONGO = {
    "Africa/Kinshasa": "BC EQ KG KL KN MN MO NU SU TU",
    "Africa/Lubumbashi": "BU HK HL HU IT KC KE KS LO LU MA NK SA SK TA TO",
}
_ECUADOR = {
    "America/Guayaquil": "A B C D E F G H I L M N O P R S SD SE T U X Y Z",
    "Pacific/Galapagos": "W",
}
_INDONESIA = {
    "Asia/Jakarta": "AC BB BE BT JA JB JI JK JT KR LA RI SB SS SU YO",
    "Asia/Pontianak": "KB KT",
    "Asia/Makassar": "BA GO KI KS KU NB NT SA SG SN SR ST",
    "Asia/Jayapura": "MA MU PA PB PD PE PS PT",
}
_KAZAKHSTAN = {
    "Asia/Almaty": "10 11 19 31 33 35 55 59 61 62 63 71 75 79 AKM ALA ALM AST KAR PAV SEV SHY VOS YUZ ZHA",
    "Asia/Qyzylorda": "43 KZY",
    "Asia/Qostanay": "39 KUS",
    "Asia/Aqtobe": "15 AKT",
    "Asia/Aqtau": "47 MAN",
    "Asia/Atyrau": "23 ATY",
    "Asia/Oral": "27 ZAP",
}
_MEXICO = {
    "America/Mexico_City": "AGU CHP CMX COL GRO GUA HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER ZAC",
    "America/Cancun": "ROO",
    "America/Merida": "CAM YUC",
    "America/Monterrey": "COA DUR NLE TAM",
    "America/Matamoros": "COA NLE TAM",
    "America/Chihuahua": "CHH",
    "America/Ciudad_Juarez": "CHH",
    "America/Ojinaga": "CHH",
    "America/Mazatlan": "BCS NAY SIN",
    "America/Bahia_Banderas": "NAY",
    "America/Hermosillo": "SON",
    "America/Tijuana": "BCN",
}
_MONGOLIA = {
    "Asia/Ulaanbaatar": "035 037 039 041 047 049 051 053 055 057 059 061 063 064 065 067 069 073 1",
    "Asia/Hovd": "043 046 071",
}
_NEW_ZEALAND = {
    "Pacific/Auckland": "AUK BOP CAN GIS HKB MBH MWT NSN NTL OTA STL TAS TKI WGN WKO WTC",
    "Pacific/Chatham": "CIT",
}
_PORTUGAL = {
    "Europe/Lisbon": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18",
    "Atlantic/Madeira": "30",
    "Atlantic/Azores": "20",
}
_RUSSIA = {
    "Europe/Kaliningrad": "KGD",
    "Europe/Moscow": (
        "AD ARK BEL BRY CE CU DA IN IVA KB KC KDA KL KLU KO KOS KR KRS LEN LIP ME MO MOS MOW MUR NEN NGR NIZ ORL PNZ PSK "
        "ROS RYA SE SMO SPE STA TA TAM TUL TVE VLA VLG VOR YAR"
    ),
    "Europe/Kirov": "KIR",
    "Europe/Volgograd": "VGG",
    "Europe/Astrakhan": "AST",
    "Europe/Saratov": "SAR",
    "Europe/Ulyanovsk": "ULY",
    "Europe/Samara": "SAM UD",
    "Asia/Yekaterinburg": "BA CHE KGN KHM ORE PER SVE TYU YAN",
    "Asia/Omsk": "OMS",
    "Asia/Novosibirsk": "NVS",
    "Asia/Barnaul": "AL ALT",
    "Asia/Tomsk": "TOM",
    "Asia/Novokuznetsk": "KEM",
    "Asia/Krasnoyarsk": "KK KYA TY",
    "Asia/Irkutsk": "BU IRK",
    "Asia/Chita": "ZAB",
    "Asia/Yakutsk": "AMU SA",
    "Asia/Khandyga": "SA",
    "Asia/Vladivostok": "KHA PRI SA YEV",
    "Asia/Ust-Nera": "SA",
    "Asia/Magadan": "MAG",
    "Asia/Sakhalin": "SAK",
    "Asia/Srednekolymsk": "SA SAK",
    "Asia/Kamchatka": "KAM",
    "Asia/Anadyr": "CHU",
}
_SPAIN = {
    "Europe/Madrid": "AN AR AS CB CL CM CT EX GA IB MC MD NC PV RI VC",
    "Africa/Ceuta": "CE ML",
    "Atlantic/Canary": "CN",
}

# Country → zone → the parts in which people live by it.
PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "AU": _AUSTRALIA,
        "BR": _BRAZIL,
        "CA": _CANADA,
        "CD": _CONGO,
        "CL": _CHILE,
        "EC": _ECUADOR,
        "ES": _SPAIN,
        "ID": _INDONESIA,
        "KZ": _KAZAKHSTAN,
        "MN": _MONGOLIA,
        "MX": _MEXICO,
        "NZ": _NEW_ZEALAND,
        "PT": _PORTUGAL,
        "RU": _RUSSIA,
        "US": _UNITED_STATES,
    }
)

# Parts that ISO 3166 also lists as countries of their own; their zones and laws are those of that country.
OWN_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "CN-HK": "HK",
        "CN-MO": "MO",
        "CN-TW": "TW",
        "FI-01": "AX",
        "FR-971": "GP",
        "FR-972": "MQ",
        "FR-973": "GF",
        "FR-974": "RE",
        "FR-976": "YT",
        **{f"FR-{code}": code for code in ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT")},
        **{f"NL-{code}": code for code in ("AW", "CW", "SX")},
        "NL-BQ1": "BQ",
        "NL-BQ2": "BQ",
        "NL-BQ3": "BQ",
        "NO-21": "SJ",
        "NO-22": "SJ",
        **{f"US-{code}": code for code in ("AS", "GU", "MP", "PR", "UM", "VI")},
    }
)
