-- Which sources carry what is recorded among these countries, this fact, or which facts rest on this source?
WITH chosen AS (
    SELECT relation
    FROM member
    WHERE country IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8)
    GROUP BY relation
    HAVING COUNT(*) = :sides
),
cited AS (
    SELECT f.id
    FROM chosen c
    JOIN fact f ON f.relation = c.relation
    UNION
    SELECT f.id
    FROM fact f
    WHERE f.id = :id
    UNION
    SELECT e.fact
    FROM evidence e
    WHERE e.source = :id
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, r.json, NULL AS status, NULL AS verification, r.sources, NULL AS words, NULL AS fact
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.ordering, f.json, f.status, f.verification, f.sources, f.words, f.id
FROM cited c
JOIN fact f ON f.id = c.id
UNION ALL
SELECT DISTINCT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM cited c
JOIN evidence e ON e.fact = c.id
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM source s
WHERE s.id = :id
ORDER BY part, place, ordering
