"""The publications behind the rules, cited by key."""

from mastkit.logic.expressions import Source

KHOURY22 = Source(
    "KHOURY22",
    "Khoury JD et al. The 5th edition of the WHO Classification of Haematolymphoid Tumours: Myeloid and"
    " Histiocytic/Dendritic Neoplasms. Leukemia 2022;36:1703-1719",
    "https://doi.org/10.1038/s41375-022-01613-1",
)
HEMA21 = Source(
    "HEMA21",
    "Valent P et al. Updated diagnostic criteria and classification of mast cell disorders: a consensus"
    " proposal. HemaSphere 2021;5(11):e646",
    "https://doi.org/10.1097/HS9.0000000000000646",
)
ARBER22 = Source(
    "ARBER22",
    "Arber DA et al. International Consensus Classification of Myeloid Neoplasms and Acute Leukemias. Blood"
    " 2022;140:1200-1228",
    "https://doi.org/10.1182/blood.2022015850",
)
LEGUIT23 = Source(
    "LEGUIT23",
    "Leguit RJ, Wang SA, George TI, Tzankov A, Orazi A. The international consensus classification of mastocytosis"
    " and related entities. Virchows Arch 2023;482:99-112",
    "https://doi.org/10.1007/s00428-022-03423-3",
)
LYONS22 = Source(
    "LYONS22",
    "Lyons JJ et al. JACI: In Practice 2022;10:1964-1973 (limits of tryptase by TPSAB1 copies)",
    "https://doi.org/10.1016/j.jaip.2022.05.003",
)
HART16 = Source(
    "HART16",
    "Hartmann K et al. Cutaneous manifestations in patients with mastocytosis. "
    "J Allergy Clin Immunol 2016;137:35-45",
    "https://doi.org/10.1016/j.jaci.2015.08.034",
)
LEE23 = Source(
    "LEE23",
    "Lee HJ. Blood Research 2023;58(S1):S96-S108 (reprints the B- and C-findings of both systems)",
    "https://doi.org/10.5045/br.2023.2023024",
)
VAL14MCL = Source(
    "VAL14MCL",
    "Valent P et al. Refined diagnostic criteria and classification of mast cell leukemia and myelomastocytic"
    " leukemia. Ann Oncol 2014;25:1691-1700",
    "https://doi.org/10.1093/annonc/mdu047",
)
MONNIER16 = Source(
    "MONNIER16", "Monnier J et al. Mast cell sarcoma. Oncotarget 2016", "https://doi.org/10.18632/oncotarget.11812"
)
