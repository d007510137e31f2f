"""Codes of countries, languages and currencies, to tell a slip from a name.

Source: ISO 3166-1 (countries: short, formal and usual names in English, and the two codes of
letters), ISO 639-1 (languages), ISO 4217 (currencies), in the editions that pycountry 26.2.16
lists, which pabulib-checker 1.0.8 asks: 425 names of 249 countries, 184 languages, 178 currencies.
"""

from __future__ import annotations

WORLDWIDE = "Worldwide"
"""What Pabulib writes for an experiment that belongs to no country."""
_COUNTRIES = """
Afghanistan|Albania|Algeria|American Samoa|Andorra|Angola|Anguilla|Antarctica|Antigua and
Barbuda|Arab Republic of Egypt|Argentina|Argentine
Republic|Armenia|Aruba|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan|Bolivarian
Republic of Venezuela|Bolivia|Bolivia, Plurinational State of|Bonaire, Sint Eustatius and
Saba|Bosnia and Herzegovina|Botswana|Bouvet Island|Brazil|British Indian Ocean Territory|British
Virgin Islands|Brunei Darussalam|Bulgaria|Burkina Faso|Burundi|Cabo
Verde|Cambodia|Cameroon|Canada|Cayman Islands|Central African
Republic|Chad|Chile|China|Christmas Island|Cocos (Keeling) Islands|Colombia|Commonwealth of
Dominica|Commonwealth of the Bahamas|Commonwealth of the Northern Mariana
Islands|Comoros|Congo|Congo, The Democratic Republic of the|Cook Islands|Costa
Rica|Croatia|Cuba|Curaçao|Cyprus|Czech Republic|Czechia|Côte d'Ivoire|Democratic People's
Republic of Korea|Democratic Republic of Sao Tome and Principe|Democratic Republic of
Timor-Leste|Democratic Socialist Republic of Sri Lanka|Denmark|Djibouti|Dominica|Dominican
Republic|Eastern Republic of Uruguay|Ecuador|Egypt|El Salvador|Equatorial
Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Falkland Islands (Malvinas)|Faroe Islands|Federal
Democratic Republic of Ethiopia|Federal Democratic Republic of Nepal|Federal Republic of
Germany|Federal Republic of Nigeria|Federal Republic of Somalia|Federated States of
Micronesia|Federative Republic of Brazil|Fiji|Finland|France|French Guiana|French
Polynesia|French Republic|French Southern Territories|Gabon|Gabonese
Republic|Gambia|Georgia|Germany|Ghana|Gibraltar|Grand Duchy of
Luxembourg|Greece|Greenland|Grenada|Guadeloupe|Guam|Guatemala|Guernsey|Guinea|Guinea-Bissau|Guyana|Haiti|Hashemite
Kingdom of Jordan|Heard Island and McDonald Islands|Hellenic Republic|Holy See (Vatican City
State)|Honduras|Hong Kong|Hong Kong Special Administrative Region of
China|Hungary|Iceland|Independent State of Papua New Guinea|Independent State of
Samoa|India|Indonesia|Iran|Iran, Islamic Republic of|Iraq|Ireland|Islamic Republic of
Afghanistan|Islamic Republic of Iran|Islamic Republic of Mauritania|Islamic Republic of
Pakistan|Isle of Man|Israel|Italian
Republic|Italy|Jamaica|Japan|Jersey|Jordan|Kazakhstan|Kenya|Kingdom of Bahrain|Kingdom of
Belgium|Kingdom of Bhutan|Kingdom of Cambodia|Kingdom of Denmark|Kingdom of Eswatini|Kingdom of
Lesotho|Kingdom of Morocco|Kingdom of Norway|Kingdom of Saudi Arabia|Kingdom of Spain|Kingdom of
Sweden|Kingdom of Thailand|Kingdom of Tonga|Kingdom of the Netherlands|Kiribati|Korea,
Democratic People's Republic of|Korea, Republic of|Kuwait|Kyrgyz Republic|Kyrgyzstan|Lao
People's Democratic Republic|Laos|Latvia|Lebanese
Republic|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macao|Macao Special
Administrative Region of China|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall
Islands|Martinique|Mauritania|Mauritius|Mayotte|Mexico|Micronesia, Federated States
of|Moldova|Moldova, Republic
of|Monaco|Mongolia|Montenegro|Montserrat|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands|New
Caledonia|New Zealand|Nicaragua|Niger|Nigeria|Niue|Norfolk Island|North Korea|North
Macedonia|Northern Mariana Islands|Norway|Oman|Pakistan|Palau|Palestine, State of|Panama|Papua
New Guinea|Paraguay|People's Democratic Republic of Algeria|People's Republic of
Bangladesh|People's Republic of China|Peru|Philippines|Pitcairn|Plurinational State of
Bolivia|Poland|Portugal|Portuguese Republic|Principality of Andorra|Principality of
Liechtenstein|Principality of Monaco|Puerto Rico|Qatar|Republic of Albania|Republic of
Angola|Republic of Armenia|Republic of Austria|Republic of Azerbaijan|Republic of
Belarus|Republic of Benin|Republic of Bosnia and Herzegovina|Republic of Botswana|Republic of
Bulgaria|Republic of Burundi|Republic of Cabo Verde|Republic of Cameroon|Republic of
Chad|Republic of Chile|Republic of Colombia|Republic of Costa Rica|Republic of Croatia|Republic
of Cuba|Republic of Cyprus|Republic of Côte d'Ivoire|Republic of Djibouti|Republic of
Ecuador|Republic of El Salvador|Republic of Equatorial Guinea|Republic of Estonia|Republic of
Fiji|Republic of Finland|Republic of Ghana|Republic of Guatemala|Republic of Guinea|Republic of
Guinea-Bissau|Republic of Guyana|Republic of Haiti|Republic of Honduras|Republic of
Iceland|Republic of India|Republic of Indonesia|Republic of Iraq|Republic of Kazakhstan|Republic
of Kenya|Republic of Kiribati|Republic of Latvia|Republic of Liberia|Republic of
Lithuania|Republic of Madagascar|Republic of Malawi|Republic of Maldives|Republic of
Mali|Republic of Malta|Republic of Mauritius|Republic of Moldova|Republic of Mozambique|Republic
of Myanmar|Republic of Namibia|Republic of Nauru|Republic of Nicaragua|Republic of North
Macedonia|Republic of Palau|Republic of Panama|Republic of Paraguay|Republic of Peru|Republic of
Poland|Republic of San Marino|Republic of Senegal|Republic of Serbia|Republic of
Seychelles|Republic of Sierra Leone|Republic of Singapore|Republic of Slovenia|Republic of South
Africa|Republic of South Sudan|Republic of Suriname|Republic of Tajikistan|Republic of Trinidad
and Tobago|Republic of Tunisia|Republic of Türkiye|Republic of Uganda|Republic of
Uzbekistan|Republic of Vanuatu|Republic of Yemen|Republic of Zambia|Republic of
Zimbabwe|Republic of the Congo|Republic of the Gambia|Republic of the Marshall Islands|Republic
of the Niger|Republic of the Philippines|Republic of the Sudan|Romania|Russian
Federation|Rwanda|Rwandese Republic|Réunion|Saint Barthélemy|Saint Helena, Ascension and Tristan
da Cunha|Saint Kitts and Nevis|Saint Lucia|Saint Martin (French part)|Saint Pierre and
Miquelon|Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|Saudi
Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Sint Maarten (Dutch part)|Slovak
Republic|Slovakia|Slovenia|Socialist Republic of Viet Nam|Solomon Islands|Somalia|South
Africa|South Georgia and the South Sandwich Islands|South Korea|South Sudan|Spain|Sri
Lanka|State of Israel|State of Kuwait|State of Qatar|Sudan|Sultanate of Oman|Suriname|Svalbard
and Jan Mayen|Sweden|Swiss Confederation|Switzerland|Syria|Syrian Arab Republic|Taiwan|Taiwan,
Province of China|Tajikistan|Tanzania|Tanzania, United Republic
of|Thailand|Timor-Leste|Togo|Togolese Republic|Tokelau|Tonga|Trinidad and
Tobago|Tunisia|Turkmenistan|Turks and Caicos Islands|Tuvalu|Türkiye|Uganda|Ukraine|Union of the
Comoros|United Arab Emirates|United Kingdom|United Kingdom of Great Britain and Northern
Ireland|United Mexican States|United Republic of Tanzania|United States|United States Minor
Outlying Islands|United States of America|Uruguay|Uzbekistan|Vanuatu|Venezuela|Venezuela,
Bolivarian Republic of|Viet Nam|Vietnam|Virgin Islands of the United States|Virgin Islands,
British|Virgin Islands, U.S.|Wallis and Futuna|Western Sahara|Yemen|Zambia|Zimbabwe|the State of
Eritrea|the State of Palestine|Åland Islands
"""
_COUNTRY_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ABW AFG AGO AIA ALA
ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR
BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI
CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO
FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI
HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE
MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK
PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN
SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL
TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM
YEM ZAF ZMB ZWE
"""
_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_CURRENCIES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD
XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG
"""


def country_names() -> frozenset[str]:
    """Return the names of countries."""
    return frozenset(" ".join(_COUNTRIES.split()).split("|"))


def is_country(text: str) -> bool:
    """Return whether a text is the name or code of a country; upper and lower case are the same."""
    known = {name.casefold() for name in (*country_names(), *_COUNTRY_CODES.split(), WORLDWIDE)}
    return text.casefold() in known


def is_language(text: str) -> bool:
    """Return whether a text is a code of two letters of a language; case is the same."""
    return text.lower() in _LANGUAGES.split()


def is_currency(text: str) -> bool:
    """Return whether a text is a code of three letters of a currency; case is the same."""
    return text.upper() in _CURRENCIES.split()
