-- Which facts say these words, the likeliest first, on what do those rest, and how many are there in all?
WITH matched AS MATERIALIZED (
    SELECT w.rowid AS number, bm25(said, 10.0, 10.0, 5.0, 3.0, 1.0) AS score
    FROM said w
    WHERE w.said MATCH :sought
),
kept AS MATERIALIZED (
    SELECT f.id, f.outline, f.verification, m.score * CASE f.headline WHEN 1 THEN 1.2 ELSE 1.0 END AS score, CASE WHEN f.replaced > :as_of THEN f.before WHEN f.ended > :as_of THEN 'current' ELSE f.status END AS status
    FROM matched m
    JOIN fact f ON f.number = m.number
    WHERE (:topic IS NULL OR f.topic = :topic)
      AND (:country IS NULL OR EXISTS (SELECT 1 FROM member b WHERE b.country = :country AND b.relation = f.relation))
      AND (:as_of IS NULL OR f.known <= :as_of) AND (:since IS NULL OR f.last >= :since) AND (:until IS NULL OR f.first <= :until)
),
wanted AS MATERIALIZED (
    SELECT k.id, k.outline, k.score, k.status
    FROM kept k
    WHERE (:all = 1 OR k.status <> 'superseded') AND (:verification IS NULL OR k.verification = :verification)
),
best AS MATERIALIZED (
    SELECT a.id, a.outline, a.score, a.status
    FROM wanted a
    ORDER BY a.outline, a.score, a.id
    LIMIT :limit
)
SELECT 'fact' AS part, f.relation AS place, h.outline AS ordering, f.json, h.status, f.verification, f.sources, h.score, h.id
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
