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
JAWHAR19 = Source(
    "JAWHAR19",
    "Jawhar M et al. MARS: mutation-adjusted risk score for advanced systemic mastocytosis. J Clin Oncol"
    " 2019;37:2846-2856",
    "https://doi.org/10.1200/JCO.19.00640",
)
PARDANANI18 = Source(
    "PARDANANI18",
    "Pardanani A et al. Mayo alliance prognostic system for mastocytosis. Blood Adv 2018;2:2964-2972",
    "https://doi.org/10.1182/bloodadvances.2018026245",
)
SPERR19 = Source(
    "SPERR19",
    "Sperr WR et al. International prognostic scoring system for mastocytosis (IPSM). Lancet Haematol"
    " 2019;6:e638-e649",
    "https://doi.org/10.1016/S2352-3026(19)30166-8",
)
MUNOZ21 = Source(
    "MUNOZ21",
    "Munoz-Gonzalez JI et al. Global prognostic score for mastocytosis (GPSM). Lancet Haematol 2021;8:e194-e204",
    "https://doi.org/10.1016/S2352-3026(20)30400-2",
)
NAUMANN24 = Source(
    "NAUMANN24",
    "Naumann N et al. KIT D816V-negative advanced systemic mastocytosis. Cancers 2024 (PMID 38339343)",
    "https://pubmed.ncbi.nlm.nih.gov/38339343/",
)
GOTLIB13 = Source(
    "GOTLIB13",
    "Gotlib J et al. IWG-MRT and ECNM consensus response criteria in advanced systemic mastocytosis. Blood"
    " 2013;121:2393-2401",
    "https://doi.org/10.1182/blood-2012-09-458521",
)
SHOMALI21 = Source(
    "SHOMALI21",
    "Shomali W, Gotlib J. Response criteria in advanced systemic mastocytosis: evolution in the era of KIT"
    " inhibitors. Int J Mol Sci 2021;22:2983",
    "https://doi.org/10.3390/ijms22062983",
)
GOTLIB23 = Source(
    "GOTLIB23",
    "Gotlib J et al. Avapritinib versus placebo in indolent systemic mastocytosis (PIONEER). NEJM Evid 2023;2(6)",
    "https://doi.org/10.1056/EVIDoa2200339",
)
JAWHAR17 = Source(
    "JAWHAR17",
    "Jawhar M et al. Response and progression on midostaurin in advanced systemic mastocytosis. Blood"
    " 2017;130:137-145",
)
PADILLA21 = Source(
    "PADILLA21",
    "Padilla B et al. Psychometric evaluation of the ISM-SAF. Orphanet J Rare Dis 2021",
    "https://doi.org/10.1186/s13023-021-02037-3",
)
WHO94 = Source(
    "WHO94", "World Health Organization. Assessment of fracture risk in osteoporosis screening. TRS 843, 1994"
)
ISCD05 = Source(
    "ISCD05",
    "Application of the 1994 WHO classification to populations other than postmenopausal Caucasian women: the 2005"
    " ISCD official positions. J Clin Densitom 2006;9:22-30",
    "https://doi.org/10.1016/j.jocd.2006.05.004",
)
RIFFEL20 = Source(
    "RIFFEL20",
    "Bone mineral density in indolent and advanced systemic mastocytosis (61 patients). 2020, PMC7085471",
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC7085471/",
)
VAL12 = Source(
    "VAL12",
    "Valent P et al. Definitions, criteria and global classification of mast cell disorders with special reference"
    " to mast cell activation syndromes. Int Arch Allergy Immunol 2012;157:215-225",
    "https://doi.org/10.1159/000328760",
)
LEUKLYM20 = Source(
    "LEUKLYM20",
    "Leuk Lymphoma 2020;61:1075-1083 (tables of mast cell activation syndromes)",
    "https://doi.org/10.1080/10428194.2019.1703974",
)
VAL22MCAD = Source(
    "VAL22MCAD",
    "Valent P et al. JACI: In Practice 2022;10:1941-1950 (mast cell activation disorders)",
)
MATEJA22 = Source(
    "MATEJA22",
    "Mateja A et al. J Allergy Clin Immunol 2022 (variability of baseline tryptase)",
    "https://pubmed.ncbi.nlm.nih.gov/34425177/",
)
CHOVANEC23 = Source(
    "CHOVANEC23",
    "Chovanec J et al. Blood Advances 2023;7:1796-1810 (limits of tryptase by TPSAB1 copies)",
    "https://doi.org/10.1182/bloodadvances.2022007936",
)
SAMPSON06 = Source(
    "SAMPSON06",
    "Sampson HA et al. Second symposium on the definition and management of anaphylaxis (NIAID/FAAN). J Allergy"
    " Clin Immunol 2006;117:391-397",
    "https://pubmed.ncbi.nlm.nih.gov/16461139/",
)
CARDONA20 = Source(
    "CARDONA20",
    "Cardona V et al. World Allergy Organization anaphylaxis guidance 2020. World Allergy Organ J 2020;13:100472",
    "https://doi.org/10.1016/j.waojou.2020.100472",
)
BROWN04 = Source(
    "BROWN04",
    "Brown SGA. Clinical features and severity grading of anaphylaxis. J Allergy Clin Immunol 2004;114:371-376",
    "https://doi.org/10.1016/j.jaci.2004.04.029",
)
RING77 = Source("RING77", "Ring J, Messmer K. Lancet 1977;1:466-469")
MUELLER = Source(
    "MUELLER",
    "Mueller's grading of reactions to insect stings, as reprinted in J Allergy Ther 4:134",
    "https://www.omicsonline.org/articles-images/2155-6121-4-134-t001.html",
)
ALVAREZ10 = Source(
    "ALVAREZ10",
    "Alvarez-Twose I et al. Clonal mast cell disease in patients with systemic mast cell activation symptoms"
    " associated with anaphylaxis. J Allergy Clin Immunol 2010;125:1269-1278",
    "https://doi.org/10.1016/j.jaci.2010.02.019",
)
OSTEO24 = Source(
    "OSTEO24",
    "OSTEO-score. Bone 2024;186:117141",
    "https://pubmed.ncbi.nlm.nih.gov/38823568/",
)
VAL14ALG = Source(
    "VAL14ALG",
    "Valent P et al. Proposed diagnostic algorithm for patients with suspected mastocytosis (ECNM). Allergy"
    " 2014;69:1267-1274",
    "https://doi.org/10.1111/all.12436",
)
AUCNM13 = Source(
    "AUCNM13",
    "Valent P et al. (AUCNM). Am J Blood Res 2013;3:174-180",
    "https://pubmed.ncbi.nlm.nih.gov/23675567/",
)
VAL22UG = Source(
    "VAL22UG",
    "Valent P et al. JACI: In Practice 2022;10:1999-2012",
    "https://doi.org/10.1016/j.jaip.2022.03.007",
)
INDUSTRY = Source(
    "INDUSTRY",
    "An industry page for clinicians that sums up ECNM/AIM advice",
    "https://systemicmastocytosis-hcp.com/screen-for-sm",
)
BOGGS23 = Source(
    "BOGGS23",
    "Boggs NA et al. Algorithm in Blood, BLD-2023-023347, Figure 5",
    "https://ashpublications.com/view-large/figure/12264556/BLOOD_BLD-2023-023347-gr5.jpg",
)
BOGGS24 = Source(
    "BOGGS24",
    "Boggs NA et al. JACI: In Practice 2024 (Hymenoptera anaphylaxis)",
    "https://doi.org/10.1016/j.jaip.2024.08.034",
)
NVVAKI = Source(
    "NVVAKI",
    "Dutch guideline Mastocytose (NVvAKI)",
    "https://richtlijnendatabase.nl/richtlijn/mastocytose",
)
FRENCH_HAT = Source(
    "FRENCH_HAT",
    "A French review: biological diagnosis of hereditary alpha-tryptasaemia (listed by discovery.researcher.life)",
)
HOERMANN22 = Source(
    "HOERMANN22", "Hoermann G et al. JACI: In Practice 2022;10:1953-1963 (standards of KIT testing)"
)
AROCK15 = Source(
    "AROCK15",
    "Arock M et al. KIT mutation analysis in mast cell neoplasms. Leukemia 2015;29:1223-1232",
    "https://doi.org/10.1038/leu.2015.24",
)
KRIS17 = Source(
    "KRIS17",
    "Kristensen T et al. Allergy 2017 (KIT D816V in blood and the marrow)",
    "https://doi.org/10.1111/all.13167",
)
VAL23 = Source(
    "VAL23",
    "Valent P et al. JACI: In Practice 2023;11:3010-3020 (normal baseline tryptase)",
    "https://doi.org/10.1016/j.jaip.2023.08.008",
)
