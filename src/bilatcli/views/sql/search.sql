-- Which facts say these words, the likeliest first, on what do those rest, and how many are there in all?
WITH matched AS MATERIALIZED (
    SELECT w.rowid AS number, bm25(fact_search, 10.0, 10.0, 5.0, 3.0, 1.0) AS score
    FROM fact_search w
    WHERE w.fact_search MATCH :sought
),
kept AS MATERIALIZED (
    SELECT f.id, f.is_generated, f.verification, m.score * CASE f.is_headline WHEN 1 THEN 1.2 ELSE 1.0 END AS score, CASE WHEN f.status_day > :as_of THEN f.status_before WHEN f.until_day > :as_of THEN 'current' ELSE f.status END AS status
    FROM matched m
    JOIN fact f ON f.number = m.number
    WHERE (:topic IS NULL OR f.topic = :topic)
      AND (:country IS NULL OR EXISTS (SELECT 1 FROM member b WHERE b.country = :country AND b.relation = f.relation))
      AND (:as_of IS NULL OR f.known_day <= :as_of) AND (:since IS NULL OR f.last_day >= :since) AND (:until IS NULL OR f.first_day <= :until)
),
wanted AS MATERIALIZED (
    SELECT k.id, k.is_generated, k.score, k.status
    FROM kept k
    WHERE (:all = 1 OR k.status <> 'superseded') AND (:verification IS NULL OR k.verification = :verification)
),
best AS MATERIALIZED (
    SELECT a.id, a.is_generated, a.score, a.status
    FROM wanted a
    ORDER BY a.is_generated, a.score, a.id
    LIMIT :limit
)
SELECT 'fact' AS part, f.relation AS place, h.is_generated AS ordering, f.json, h.status, f.verification, f.source_ids, h.score, h.id
FROM best h
JOIN fact f ON f.id = h.id
UNION ALL
SELECT DISTINCT 'source', s.id, 0, s.json, NULL, NULL, NULL, CAST(NULL AS DOUBLE PRECISION), NULL
FROM best h
JOIN evidence e ON e.fact = h.id
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'found', NULL, (SELECT COUNT(*) FROM wanted), NULL, NULL, NULL, NULL, NULL, NULL
UNION ALL
SELECT 'said', NULL, (SELECT COUNT(*) FROM kept), NULL, NULL, NULL, NULL, NULL, NULL
