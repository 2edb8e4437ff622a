-- Fingerpost: findings and treatments of an OMOP CDM 5.4 database, keyed by person.
--
-- Needs the CDM tables person, condition_occurrence, measurement, observation, procedure_occurrence, drug_exposure,
-- concept and concept_ancestor (drug_strength may be empty), in the search path, and one small table that
-- `fingerpost table omop-codes` writes:
--     CREATE TABLE fingerpost_codes (vocabulary_id VARCHAR(20), concept_code VARCHAR(50));
-- Plain joins only, so that DuckDB, PostgreSQL and Spark run it as it is. No concept id is written here but 0 ("no matching
-- concept"): concepts are told by vocabulary and code, which mean the same at every site.

CREATE VIEW fingerpost_people AS
SELECT
    p.person_id,
    p.year_of_birth,
    p.month_of_birth,
    p.day_of_birth,
    g.concept_name AS gender
FROM person p
LEFT JOIN concept g ON g.concept_id = p.gender_concept_id AND g.concept_id <> 0;

-- One row for each thing that was found: its code, the code of its source, its value and unit.
CREATE VIEW fingerpost_findings AS
SELECT
    'measurement' AS kind,
    m.measurement_id AS row_id,
    m.person_id,
    m.measurement_date AS found_on,
    c.vocabulary_id, c.concept_code, c.concept_name,
    s.vocabulary_id AS source_vocabulary_id, s.concept_code AS source_code, s.concept_name AS source_name,
    -- An operator or unit whose concept is not in the vocabulary is not the same as none.
    COALESCE(o.concept_name, CASE WHEN m.operator_concept_id <> 0 THEN '?' END) AS operator,
    m.value_as_number AS value_number,
    v.vocabulary_id AS value_vocabulary_id, v.concept_code AS value_code, v.concept_name AS value_name,
    CAST(m.value_source_value AS VARCHAR(200)) AS value_text,
    u.concept_code AS unit_code,
    COALESCE(CAST(m.unit_source_value AS VARCHAR(50)), CASE WHEN m.unit_concept_id <> 0 AND u.concept_id IS NULL THEN '?' END) AS unit_text,
    CAST(NULL AS VARCHAR(200)) AS status
FROM measurement m
LEFT JOIN concept c ON c.concept_id = m.measurement_concept_id AND c.concept_id <> 0
LEFT JOIN concept s ON s.concept_id = m.measurement_source_concept_id AND s.concept_id <> 0
LEFT JOIN concept o ON o.concept_id = m.operator_concept_id AND o.concept_id <> 0
LEFT JOIN concept v ON v.concept_id = m.value_as_concept_id AND v.concept_id <> 0
LEFT JOIN concept u ON u.concept_id = m.unit_concept_id AND u.concept_id <> 0
WHERE EXISTS (SELECT 1 FROM fingerpost_codes k WHERE k.vocabulary_id = c.vocabulary_id AND k.concept_code = c.concept_code)
   OR EXISTS (SELECT 1 FROM fingerpost_codes k WHERE k.vocabulary_id = s.vocabulary_id AND k.concept_code = s.concept_code)

UNION ALL

SELECT
    'observation',
    b.observation_id,
    b.person_id,
    b.observation_date,
    c.vocabulary_id, c.concept_code, c.concept_name,
    s.vocabulary_id, s.concept_code, s.concept_name,
    CAST(NULL AS VARCHAR(200)),
    b.value_as_number,
    v.vocabulary_id, v.concept_code, v.concept_name,
    CAST(b.value_as_string AS VARCHAR(200)),
    u.concept_code,
    COALESCE(CAST(b.unit_source_value AS VARCHAR(50)), CASE WHEN b.unit_concept_id <> 0 AND u.concept_id IS NULL THEN '?' END),
    CAST(NULL AS VARCHAR(200))
FROM observation b
LEFT JOIN concept c ON c.concept_id = b.observation_concept_id AND c.concept_id <> 0
LEFT JOIN concept s ON s.concept_id = b.observation_source_concept_id AND s.concept_id <> 0
LEFT JOIN concept v ON v.concept_id = b.value_as_concept_id AND v.concept_id <> 0
LEFT JOIN concept u ON u.concept_id = b.unit_concept_id AND u.concept_id <> 0
WHERE EXISTS (SELECT 1 FROM fingerpost_codes k WHERE k.vocabulary_id = c.vocabulary_id AND k.concept_code = c.concept_code)
   OR EXISTS (SELECT 1 FROM fingerpost_codes k WHERE k.vocabulary_id = s.vocabulary_id AND k.concept_code = s.concept_code)

UNION ALL

-- Every condition, because a cancer of another organ matters too, and ICD-10 codes stand for all below them.
SELECT
    'condition',
    d.condition_occurrence_id,
    d.person_id,
    d.condition_start_date,
    c.vocabulary_id, c.concept_code, c.concept_name,
    s.vocabulary_id, s.concept_code, s.concept_name,
    CAST(NULL AS VARCHAR(200)),
    CAST(NULL AS DOUBLE PRECISION),
    CAST(NULL AS VARCHAR(20)), CAST(NULL AS VARCHAR(50)), CAST(NULL AS VARCHAR(255)),
    CAST(NULL AS VARCHAR(200)),
    CAST(NULL AS VARCHAR(50)), CAST(NULL AS VARCHAR(50)),
    t.concept_name
FROM condition_occurrence d
LEFT JOIN concept c ON c.concept_id = d.condition_concept_id AND c.concept_id <> 0
LEFT JOIN concept s ON s.concept_id = d.condition_source_concept_id AND s.concept_id <> 0
LEFT JOIN concept t ON t.concept_id = d.condition_status_concept_id AND t.concept_id <> 0
WHERE c.concept_id IS NOT NULL OR s.concept_id IS NOT NULL

UNION ALL

SELECT
    'procedure',
    r.procedure_occurrence_id,
    r.person_id,
    r.procedure_date,
    c.vocabulary_id, c.concept_code, c.concept_name,
    s.vocabulary_id, s.concept_code, s.concept_name,
    CAST(NULL AS VARCHAR(200)),
    CAST(NULL AS DOUBLE PRECISION),
    CAST(NULL AS VARCHAR(20)), CAST(NULL AS VARCHAR(50)), CAST(NULL AS VARCHAR(255)),
    CAST(NULL AS VARCHAR(200)),
    CAST(NULL AS VARCHAR(50)), CAST(NULL AS VARCHAR(50)),
    CAST(NULL AS VARCHAR(200))
FROM procedure_occurrence r
LEFT JOIN concept c ON c.concept_id = r.procedure_concept_id AND c.concept_id <> 0
LEFT JOIN concept s ON s.concept_id = r.procedure_source_concept_id AND s.concept_id <> 0
WHERE c.concept_id IS NOT NULL OR s.concept_id IS NOT NULL;

-- One row for each exposure and each ingredient in it. A drug without a known ingredient is kept by its own name: it may
-- be any drug. The end is the one that was written down; drug_exposure_end_date is often calculated, and so is no end.
-- Why a drug was stopped and in which line it was given stands in no column that sites fill alike: both stay unknown.
CREATE VIEW fingerpost_treatments AS
SELECT
    x.drug_exposure_id AS row_id,
    x.person_id,
    x.drug_exposure_start_date AS started_on,
    x.verbatim_end_date AS ended_on,
    i.vocabulary_id AS ingredient_vocabulary_id, i.concept_code AS ingredient_code, i.concept_name AS ingredient_name,
    c.concept_name AS drug_name,
    CAST(x.drug_source_value AS VARCHAR(200)) AS source_text
FROM drug_exposure x
LEFT JOIN concept c ON c.concept_id = x.drug_concept_id AND c.concept_id <> 0
LEFT JOIN (
    SELECT a.descendant_concept_id AS drug_concept_id, a.ancestor_concept_id AS ingredient_concept_id
    FROM concept_ancestor a
    JOIN concept n ON n.concept_id = a.ancestor_concept_id
    WHERE n.concept_class_id = 'Ingredient' AND n.vocabulary_id IN ('RxNorm', 'RxNorm Extension')
    UNION
    SELECT t.drug_concept_id, t.ingredient_concept_id
    FROM drug_strength t
    UNION
    SELECT e.concept_id, e.concept_id
    FROM concept e
    WHERE e.concept_class_id = 'Ingredient' AND e.vocabulary_id IN ('RxNorm', 'RxNorm Extension')
) g ON g.drug_concept_id = x.drug_concept_id
LEFT JOIN concept i ON i.concept_id = g.ingredient_concept_id;
